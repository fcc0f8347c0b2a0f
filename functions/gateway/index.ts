import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { secureHeaders } from 'hono/secure-headers'
import { parseEnv } from '#shared/env.ts'
import { createLog } from '#shared/log.ts'
import { memoise } from '#shared/memoise.ts'
import { NotFound, type ProblemCode, problemKinds } from '#shared/problem.ts'
import { refuseAddress } from '#shared/refuse-address.ts'
import { requestIdOf } from '#shared/request-id.ts'
import { toProblem } from '#shared/to-problem.ts'
import { version } from '#shared/version.ts'
import { docsPage, docsPolicy } from './docs-page.ts'
import { gatewayEnv } from './env.ts'
import { gatherOpenApi } from './openapi.ts'
import { functionAt } from './routes.ts'

const envOf = memoise((bindings: object) => parseEnv(gatewayEnv, bindings))
const app = new Hono<{ Bindings: object }>()

app.use(secureHeaders({ crossOriginResourcePolicy: 'cross-origin' }))
app.use(
  cors({ origin: '*', exposeHeaders: ['x-request-id', 'location', 'retry-after', 'ratelimit', 'ratelimit-policy'] }),
)

app.get('/', (c) => {
  const links = { docs: '/docs', openapi: '/openapi.json', health: '/health', predictors: '/predictors' }
  return c.json({ name: 'auspex', version, status: 'running', links })
})

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

app.all('*', (c) => {
  const binding = functionAt(c.req.path)
  return binding ? envOf(c.env)[binding].fetch(c.req.raw) : refuseAddress(app, c.req.path)
})

app.onError((error, c) => {
  const requestId = requestIdOf(c)
  const problem = toProblem(error)
  const level = problem.status >= 500 ? 'error' : 'info'
  createLog({ function: 'gateway', request_id: requestId }, 'info')(level, 'refused', {
    path: c.req.path,
    code: problem.code,
    error: String(error),
  })
  const response = problem.toResponse(requestId)
  response.headers.set('x-request-id', requestId)
  return response
})

/** The public origin. */
export default app
