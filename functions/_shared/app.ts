import { OpenAPIHono, type z } from '@hono/zod-openapi'
import type { ExecutionContext, Context as HonoContext } from 'hono'
import { createMiddleware } from 'hono/factory'
import { createDatabase, type Database } from '#db/client.ts'
import type { Actor } from './actor.ts'
import { boundedBody, jsonBody } from './body.ts'
import { type Clock, systemClock } from './clock.ts'
import { commonHeaders } from './common-headers.ts'
import type { Context } from './context.ts'
import { type BaseEnv, type baseEnv, parseEnv } from './env.ts'
import { createIdentifier, type Identifier } from './identity.ts'
import { createLog, errorFields } from './log.ts'
import { memoise } from './memoise.ts'
import { type Metrics, metricsOf } from './metrics.ts'
import { namedOperations } from './operation.ts'
import { InvalidRequest, type Problem, problems } from './problem.ts'
import { refuseAddress } from './refuse-address.ts'
import { newRequestId, requestIdOf } from './request-id.ts'
import { recordRequest } from './request-metrics.ts'
import { faultsOf, toProblem } from './to-problem.ts'
import { trackError } from './track-error.ts'
import { version } from './version.ts'

/** What an isolate keeps between requests: no connections, only parsed settings and clients that speak HTTP. */
interface Isolate<Services> {
  env: BaseEnv
  db: Database
  identifier: Identifier
  metrics: Metrics
  services: Services
}

interface AppEnv<Services> {
  Bindings: object
  Variables: { ctx: Context & Services }
}

/** A function's app. `Services` is what its verbs find in the context beside the common things. */
export type App<Services = object> = OpenAPIHono<AppEnv<Services>>

export interface AppOptions<Schema extends typeof baseEnv, Services> {
  /** The function's name, as in `[env.<name>]`. */
  name: string
  env: Schema
  /** Made once an isolate. */
  services: (env: z.infer<Schema>, isolate: { db: Database; clock: Clock; metrics: Metrics }) => Services
  /** Knows callers by credentials of its own, before anybody else is asked. */
  callers?: (env: z.infer<Schema>) => (authorization: string | undefined) => Actor | undefined
  maximumBodyBytes?: number
  clock?: Clock
}

/**
 * Makes the Hono app of one function: settings parsed before anything else, a context for every request, callers
 * identified, bodies bounded, requests logged, every error an `application/problem+json`.
 */
export function createApp<Schema extends typeof baseEnv, Services extends object>(
  options: AppOptions<Schema, Services>,
): App<Services> {
  const { name, maximumBodyBytes = 2 * 2 ** 20 } = options
  const app: App<Services> = new OpenAPIHono<AppEnv<Services>>({
    defaultHook: (result) => {
      if (!result.success) throw new InvalidRequest(faultsOf(result.target, result.error))
    },
  })
  readBodiesLast(app)
  const operationOf = namedOperations(app)
  app.use(contextOf(options, operationOf))
  app.use(identifiedBy(options))
  app.use(boundedBody({ maximumBytes: maximumBodyBytes }))
  app.notFound((c) => refuseAddress(app, c.req.path))
  app.onError((error, c) => {
    const problem = toProblem(error)
    const ctx: Context | undefined = c.get('ctx')
    const requestId = ctx?.requestId ?? requestIdOf(c)
    const log = ctx?.log ?? createLog({ function: name, request_id: requestId }, 'info')
    if (isOurs(problem)) {
      const event = operationOf(c)
      log('error', 'request_failed', { operation: event, path: c.req.path, ...errorFields(problem) })
      if (ctx)
        c.executionCtx.waitUntil(trackError(ctx, { functionName: name, event, error: problem, path: c.req.path }))
    }
    return refuse(problem, requestId)
  })
  app.doc31('/openapi.json', { openapi: '3.1.0', info: { title: `Auspex: ${name}`, version } })
  describeCallers(app)
  return app
}

/** Makes the context of each request; when it is answered it is counted, with one line in the log. */
function contextOf<Schema extends typeof baseEnv, Services extends object>(
  options: AppOptions<Schema, Services>,
  operationOf: (c: HonoContext) => string,
) {
  const { name, clock = systemClock } = options
  const isolateOf = isolates(options)
  return createMiddleware<AppEnv<Services>>(async function context(c, next) {
    const startedAt = clock.now()
    const requestId = requestIdOf(c)
    const ctx = createContext(options, isolateOf(c.env), requestId, { kind: 'anonymous' }, () => c.executionCtx)
    c.set('ctx', ctx)
    for (const [header, value] of commonHeaders) c.header(header, value)
    await next()
    c.header('x-request-id', requestId)
    recordRequest(ctx, {
      functionName: name,
      operation: operationOf(c),
      method: c.req.method,
      path: c.req.path,
      status: c.res.status,
      startedAt,
      userId: ctx.actor.kind === 'user' ? ctx.actor.userId : undefined,
      code: c.error && toProblem(c.error).code,
    })
  })
}

/** Says who calls, within what is counted: who cannot be identified is refused like anybody else. */
function identifiedBy<Schema extends typeof baseEnv, Services extends object>(options: AppOptions<Schema, Services>) {
  const isolateOf = isolates(options)
  return createMiddleware<AppEnv<Services>>(async function identified(c, next) {
    const ctx = c.get('ctx')
    ctx.actor = await isolateOf(c.env).identifier.identify(c.req.header('authorization'), ctx.db, ctx.clock)
    await next()
  })
}

/** A 503 without a cause asks to come again, such as for a job that another delivery holds: nothing went wrong. */
function isOurs({ status, code, cause }: Problem): boolean {
  return status >= 500 && (code !== 'unavailable' || cause !== undefined)
}

/** Who may call, in words of OpenAPI: routes refer to these by name. */
function describeCallers<Services>(app: App<Services>) {
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    description: 'A token from `POST /sign_in`, or an API key',
  })
  app.openAPIRegistry.registerComponent('securitySchemes', 'queue', {
    type: 'apiKey',
    in: 'header',
    name: 'Upstash-Signature',
    description: 'A signature of the queue over address and body',
  })
}

/** No route can forget to check its body, and none reads it before its own middleware has let the caller in. */
function readBodiesLast<Services>(app: App<Services>) {
  const register = app.openapi
  app.openapi = ((route, handler, hook) => {
    const middleware = [...[route.middleware ?? []].flat(), jsonBody]
    const responses = { ...route.responses, ...(route.request?.body && problems(400, 413, 415)) }
    return register({ ...route, middleware, responses }, handler, hook)
  }) as typeof register
}

/** A context for what no request asks for, such as a cron. */
export function createSystemContext<Schema extends typeof baseEnv, Services extends object>(
  options: AppOptions<Schema, Services>,
  bindings: object,
  execution: Execution,
): Context & Services {
  return createContext(options, isolates(options)(bindings), newRequestId(), { kind: 'system' }, () => execution)
}

/** One memory per function, so that its requests and its crons share an isolate's clients. */
const isolates = memoise(<Schema extends typeof baseEnv, Services>(options: AppOptions<Schema, Services>) =>
  memoise((bindings: object) => createIsolate(options, bindings)),
) as <Schema extends typeof baseEnv, Services>(
  options: AppOptions<Schema, Services>,
) => (bindings: object) => Isolate<Services>

function createIsolate<Schema extends typeof baseEnv, Services>(
  { env: schema, services, callers, clock = systemClock }: AppOptions<Schema, Services>,
  bindings: object,
): Isolate<Services> {
  const env = parseEnv(schema, bindings)
  const db = createDatabase(env.DATABASE_URL, env.NEON_FETCH_ENDPOINT)
  const identifier = withOthers(createIdentifier(env.JWT_PUBLIC_KEYS, env.PUBLIC_URL), callers?.(env))
  const metrics = metricsOf(bindings)
  return { env, db, identifier, metrics, services: services(env, { db, clock, metrics }) }
}

function withOthers(
  identifier: Identifier,
  other: ((authorization: string | undefined) => Actor | undefined) | undefined,
): Identifier {
  if (!other) return identifier
  return {
    identify: async (authorization, db, clock) =>
      other(authorization) ?? (await identifier.identify(authorization, db, clock)),
  }
}

export type Execution = Pick<ExecutionContext, 'waitUntil'>

function createContext<Services>(
  { name, clock = systemClock }: { name: string; clock?: Clock },
  { env, db, metrics, services }: Isolate<Services>,
  requestId: string,
  actor: Actor,
  execution: () => Execution,
): Context & Services {
  const log = createLog({ function: name, request_id: requestId }, env.LOG_LEVEL)
  const ctx = { ...services, db, clock, log, metrics, requestId, defer, actor }
  // Deferred work must not take the request down with it: its failures are logged and kept.
  function defer(work: Promise<unknown>) {
    const event = 'deferred_work_failed'
    const watched = work.catch((error: unknown) => {
      log('error', event, errorFields(error))
      return trackError(ctx, { functionName: name, event, error })
    })
    execution().waitUntil(watched)
  }
  return ctx
}

function refuse(problem: Problem, requestId: string): Response {
  const response = problem.toResponse(requestId)
  for (const [header, value] of commonHeaders) response.headers.set(header, value)
  response.headers.set('x-request-id', requestId)
  return response
}
