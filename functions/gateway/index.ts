import { type ExecutionContext, Hono, type Context as HonoContext } from 'hono'
import { accepts } from 'hono/accepts'
import { cors } from 'hono/cors'
import { secureHeaders } from 'hono/secure-headers'
import { exposedHeaders } from '#shared/common-headers.ts'
import { parseEnv } from '#shared/env.ts'
import { errorFields } from '#shared/log.ts'
import { memoise } from '#shared/memoise.ts'
import { NotFound, type ProblemCode, problemKinds } from '#shared/problem.ts'
import { type Recording, recorded, recordingOf } from '#shared/recorded.ts'
import { refuseAddress } from '#shared/refuse-address.ts'
import { recordRequest } from '#shared/request-metrics.ts'
import { toProblem } from '#shared/to-problem.ts'
import { version } from '#shared/version.ts'
import { docsPage, docsPolicy } from './docs-page.ts'
import { gatewayEnv } from './env.ts'
import { gatherOpenApi } from './openapi.ts'
import { type FunctionBinding, functionAt } from './routes.ts'
import { serveConsole, servePage } from './serve-console.ts'
import { withSession } from './session.ts'

const envOf = memoise((bindings: object) => parseEnv(gatewayEnv, bindings))
const app = new Hono<{ Bindings: object; Variables: { recording: Recording } }>()

const json = 'application/json'
/** Browsers get the console; who does not ask for a page gets JSON. */
const prefersPage = (c: HonoContext) =>
  accepts(c, { header: 'Accept', supports: [json, 'text/html'], default: json }) === 'text/html'

app.use(recorded('gateway'))
app.use(secureHeaders({ crossOriginResourcePolicy: 'cross-origin', xFrameOptions: 'DENY' }))
app.use(cors({ origin: '*', exposeHeaders: exposedHeaders }))

app.get('/', async (c) => {
  c.header('vary', 'accept')
  if (prefersPage(c)) return servePage(envOf(c.env), c.req.raw)
  const links = {
    console: '/console',
    docs: '/docs',
    openapi: '/openapi.json',
    health: '/health',
    metrics: '/metrics',
    predictors: '/predictors',
    movies: '/movies',
    encoders: '/encoders',
  }
  return c.json({ name: 'auspex', version, status: 'running', links })
})

for (const path of ['/console', '/console/*']) app.get(path, (c) => serveConsole(envOf(c.env), c.req.raw))

app.get('/openapi.json', async (c) => c.json(await gatherOpenApi(envOf(c.env), new URL(c.req.url).origin)))

app.get('/docs', (c) => c.html(docsPage, 200, { 'content-security-policy': docsPolicy }))
app.get('/docs/*', async (c) => {
  const file = await envOf(c.env).ASSETS.fetch(c.req.raw)
  if (file.status === 404) throw new NotFound('address')
  return file
})

app.get('/problems/:code', (c) => {
  const code = c.req.param('code')
  const kind = Object.hasOwn(problemKinds, code) ? problemKinds[code as ProblemCode] : undefined
  if (!kind) throw new NotFound('problem')
  return c.json({ code, ...kind })
})

app.all('*', (c) => refuseAddress(app, c.req.path))

app.onError((error, c) => refuse(error, c.get('recording')))

function refuse(error: unknown, { requestId, log }: Recording): Response {
  const problem = toProblem(error)
  if (problem.status >= 500) log('error', 'request_failed', errorFields(problem))
  const response = problem.toResponse(requestId)
  response.headers.set('x-request-id', requestId)
  return response
}

/** A function that cannot be reached counts nothing itself. */
function refuseUnreached(error: unknown, binding: FunctionBinding, request: Request, recording: Recording): Response {
  const response = refuse(error, recording)
  recordRequest(recording, {
    functionName: 'gateway',
    operation: `unreached ${binding}`,
    method: request.method,
    path: new URL(request.url).pathname,
    status: response.status,
    startedAt: recording.startedAt,
    code: toProblem(error).code,
  })
  return response
}

/**
 * The public origin. What belongs to a function goes straight there and its answer straight back; only preflights of
 * browsers are answered here for all.
 */
export default {
  async fetch(request: Request, bindings: object, execution: ExecutionContext): Promise<Response> {
    const binding = request.method === 'OPTIONS' ? undefined : functionAt(new URL(request.url).pathname)
    if (!binding) return app.fetch(request, bindings, execution)
    try {
      return await envOf(bindings)[binding].fetch(withSession(request))
    } catch (error) {
      return refuseUnreached(error, binding, request, recordingOf('gateway', request, bindings, execution))
    }
  },
}
