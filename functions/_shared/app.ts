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
import { createLog, errorFields, type Log } from './log.ts'
import { memoise } from './memoise.ts'
import { InvalidRequest, type Problem, problems } from './problem.ts'
import { refuseAddress } from './refuse-address.ts'
import { newRequestId, requestIdOf } from './request-id.ts'
import { faultsOf, toProblem } from './to-problem.ts'
import { version } from './version.ts'

/** What an isolate keeps between requests: no connections, only parsed settings and clients that speak HTTP. */
interface Isolate<Services> {
  env: BaseEnv
  db: Database
  identifier: Identifier
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
  services: (env: z.infer<Schema>, isolate: { db: Database; clock: Clock }) => Services
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
  app.use(contextOf(options))
  app.use(boundedBody({ maximumBytes: maximumBodyBytes }))
  app.notFound((c) => refuseAddress(app, c.req.path))
  app.onError((error, c) => {
    const ctx: Context | undefined = c.get('ctx')
    return refuse(
      toProblem(error),
      ctx?.requestId ?? requestIdOf(c),
      ctx?.log ?? createLog({ function: name }, 'info'),
      c,
    )
  })
  app.doc31('/openapi.json', { openapi: '3.1.0', info: { title: `Auspex: ${name}`, version } })
  describeCallers(app)
  return app
}

/** Makes the context of each request, with its caller, and one log line when it is answered. */
function contextOf<Schema extends typeof baseEnv, Services extends object>(options: AppOptions<Schema, Services>) {
  const { clock = systemClock } = options
  const isolateOf = isolates(options)
  return createMiddleware<AppEnv<Services>>(async function context(c, next) {
    const startedMs = clock.now().getTime()
    const requestId = requestIdOf(c)
    const isolate = isolateOf(c.env)
    const ctx = createContext(options, isolate, requestId, { kind: 'anonymous' }, () => c.executionCtx)
    c.set('ctx', ctx)
    for (const [header, value] of commonHeaders) c.header(header, value)
    ctx.actor = await isolate.identifier.identify(c.req.header('authorization'), ctx.db, clock)
    await next()
    c.header('x-request-id', requestId)
    const durationMs = clock.now().getTime() - startedMs
    // People poll: what was only read, and went well, would drown the rest.
    const isRoutine = c.req.method === 'GET' && c.res.ok
    ctx.log(isRoutine ? 'debug' : 'info', 'request', {
      method: c.req.method,
      path: c.req.path,
      status: c.res.status,
      duration_ms: durationMs,
    })
  })
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
  { env: schema, services, clock = systemClock }: AppOptions<Schema, Services>,
  bindings: object,
): Isolate<Services> {
  const env = parseEnv(schema, bindings)
  const db = createDatabase(env.DATABASE_URL, env.NEON_FETCH_ENDPOINT)
  const identifier = createIdentifier(env.JWT_PUBLIC_KEYS, env.PUBLIC_URL)
  return { env, db, identifier, services: services(env, { db, clock }) }
}

export type Execution = Pick<ExecutionContext, 'waitUntil'>

function createContext<Services>(
  { name, clock = systemClock }: { name: string; clock?: Clock },
  { env, db, services }: Isolate<Services>,
  requestId: string,
  actor: Actor,
  execution: () => Execution,
): Context & Services {
  const log = createLog({ function: name, request_id: requestId }, env.LOG_LEVEL)
  // Deferred work must not take the request down with it: its failures are logged.
  const defer = (work: Promise<unknown>) =>
    execution().waitUntil(work.catch((error: unknown) => log('error', 'deferred_work_failed', errorFields(error))))
  return { ...services, db, clock, log, requestId, defer, actor }
}

function refuse(problem: Problem, requestId: string, log: Log, c: HonoContext): Response {
  const isOurs = problem.status >= 500
  log(isOurs ? 'error' : 'info', 'refused', {
    method: c.req.method,
    path: c.req.path,
    status: problem.status,
    code: problem.code,
    ...(isOurs && errorFields(problem)),
  })
  const response = problem.toResponse(requestId)
  for (const [header, value] of commonHeaders) response.headers.set(header, value)
  response.headers.set('x-request-id', requestId)
  return response
}
