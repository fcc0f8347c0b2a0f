import { OpenAPIHono, type z } from '@hono/zod-openapi'
import type { Context as HonoContext } from 'hono'
import { createDatabase, type Database } from '#db/client.ts'
import { jsonBody } from './body.ts'
import { type Clock, systemClock } from './clock.ts'
import type { Context } from './context.ts'
import { type BaseEnv, type baseEnv, parseEnv } from './env.ts'
import { createIdentifier, type Identifier } from './identity.ts'
import { newId } from './ids.ts'
import { createLog, errorFields, type Log } from './log.ts'
import { memoise } from './memoise.ts'
import { InvalidRequest, NotFound, type Problem } from './problem.ts'
import { faultsOf, toProblem } from './to-problem.ts'

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

interface AppOptions<Schema extends typeof baseEnv, Services> {
  /** The function's name, as in `[env.<name>]`. */
  name: string
  env: Schema
  /** Made once an isolate. */
  services: (env: z.infer<Schema>, isolate: { db: Database; clock: Clock }) => Services
  maximumBodyBytes?: number
  clock?: Clock
}

const requestIdPattern = /^[\w.-]{8,64}$/

/**
 * Makes the Hono app of one function: settings parsed before anything else, a context for every request, callers
 * identified, bodies bounded, one log line a request, every error an `application/problem+json`.
 */
export function createApp<Schema extends typeof baseEnv, Services extends object>(
  options: AppOptions<Schema, Services>,
): App<Services> {
  const { name, clock = systemClock, maximumBodyBytes = 2 * 2 ** 20 } = options
  const app: App<Services> = new OpenAPIHono<AppEnv<Services>>({
    defaultHook: (result) => {
      if (!result.success) throw new InvalidRequest(faultsOf(result.target, result.error))
    },
  })
  const isolateOf = memoise((bindings: object) => createIsolate(options, clock, bindings))

  app.use(async function context(c, next) {
    const startedMs = clock.now().getTime()
    const requestId = requestIdOf(c)
    const { env, db, identifier, services } = isolateOf(c.env)
    const log = createLog({ function: name, request_id: requestId }, env.LOG_LEVEL)
    const common: Context = { db, clock, log, requestId, defer: deferTo(c, log), actor: { kind: 'anonymous' } }
    c.set('ctx', { ...services, ...common })
    c.get('ctx').actor = await identifier.identify(c.req.header('authorization'), db, clock)
    await next()
    c.header('x-request-id', requestId)
    const durationMs = clock.now().getTime() - startedMs
    log('info', 'request', { method: c.req.method, path: c.req.path, status: c.res.status, duration_ms: durationMs })
  })
  app.use(jsonBody({ maximumBytes: maximumBodyBytes }))
  app.notFound(() => {
    throw new NotFound('address')
  })
  app.onError((error, c) => {
    const ctx: Context | undefined = c.get('ctx')
    return refuse(
      toProblem(error),
      ctx?.requestId ?? requestIdOf(c),
      ctx?.log ?? createLog({ function: name }, 'info'),
      c,
    )
  })
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    description: 'A token from `POST /sign_in`, or an API key',
  })
  return app
}

function createIsolate<Schema extends typeof baseEnv, Services>(
  { env: schema, services }: AppOptions<Schema, Services>,
  clock: Clock,
  bindings: object,
): Isolate<Services> {
  const env = parseEnv(schema, bindings)
  const db = createDatabase(env.DATABASE_URL, env.NEON_FETCH_ENDPOINT)
  return {
    env,
    db,
    identifier: createIdentifier(env.JWT_PUBLIC_KEYS, env.PUBLIC_URL),
    services: services(env, { db, clock }),
  }
}

function requestIdOf(c: HonoContext): string {
  const given = c.req.header('x-request-id')
  return given && requestIdPattern.test(given) ? given : newId('request')
}

/** Deferred work must not take the request down with it: its failures are logged. */
function deferTo(c: HonoContext, log: Log): Context['defer'] {
  return (work) => {
    c.executionCtx.waitUntil(work.catch((error: unknown) => log('error', 'deferred_work_failed', errorFields(error))))
  }
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
  response.headers.set('x-request-id', requestId)
  return response
}
