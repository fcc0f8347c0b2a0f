import { z } from '@hono/zod-openapi'
import { version } from '#shared/version.ts'
import type { GatewayEnv } from './env.ts'
import { routes } from './routes.ts'

const Members = z.record(z.string(), z.unknown())
const Document = z.object({
  paths: z.record(z.string(), Members),
  components: z.record(z.string(), Members).default({}),
})

const description = `Paid, asynchronous predictions. Sign up, top up, ask, and read the answer when it is there.

Errors are \`application/problem+json\` (RFC 9457) with a stable \`code\`. A POST that creates or spends takes an
\`Idempotency-Key\`: the same key and request give the same answer, once. Pages of this origin may use a session
(\`POST /session\`), a cookie in place of the token.`

/** One OpenAPI 3.1 document out of those that the functions make from the schemas they validate by. */
export async function gatherOpenApi(env: GatewayEnv, origin: string) {
  const bindings = [...new Set(Object.values(routes))]
  const documents = await Promise.all(
    bindings.map(async (binding) => {
      const answer = await env[binding].fetch(new Request(new URL('/openapi.json', origin)))
      return Document.parse(await answer.json())
    }),
  )
  const components: Record<string, Record<string, unknown>> = {}
  for (const document of documents) {
    for (const [kind, members] of Object.entries(document.components)) {
      components[kind] = { ...components[kind], ...members }
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Auspex', version, description, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: origin }],
    paths: Object.assign({}, ...documents.map((document) => document.paths)),
    components,
  }
}
