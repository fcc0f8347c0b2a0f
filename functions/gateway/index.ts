import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { secureHeaders } from 'hono/secure-headers'
import { parseEnv } from '#shared/env.ts'
import { newId } from '#shared/ids.ts'
import { createLog } from '#shared/log.ts'
import { memoise } from '#shared/memoise.ts'
import { NotFound, type ProblemCode, problemKinds } from '#shared/problem.ts'
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
app.get('/docs/*', (c) => envOf(c.env).ASSETS.fetch(c.req.raw))

app.get('/problems/:code', (c) => {
  const code = c.req.param('code')
  const kind = Object.hasOwn(problemKinds, code) ? problemKinds[code as ProblemCode] : undefined
  if (!kind) throw new NotFound('problem')
  return c.json({ code, ...kind })
})

app.all('*', (c) => {
  const binding = functionAt(c.req.path)
  if (!binding) throw new NotFound('address')
  return envOf(c.env)[binding].fetch(c.req.raw)
})

app.onError((error, c) => {
  const requestId = newId('request')
  const problem = toProblem(error)
  const level = problem.status >= 500 ? 'error' : 'info'
  createLog({ function: 'gateway', request_id: requestId }, 'info')(level, 'refused', {
    path: c.req.path,
    code: problem.code,
    error: String(error),
  })
  return problem.toResponse(requestId)
})

/** The public origin. */
export default app
