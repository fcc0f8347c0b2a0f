import { NotFound, Problem } from '#shared/problem.ts'
import { consolePolicy, newNonce } from './console-policy.ts'
import type { GatewayEnv } from './env.ts'

type Assets = Pick<GatewayEnv, 'ASSETS'>

const page = '/console/index.html'
/** Files whose names change with their content. */
const hashedFiles = '/console/assets/'
const forever = 'public, max-age=31536000, immutable'

/**
 * A file of the console, or its page at every address that is none: what is shown there is the page's to decide.
 *
 * @throws NotFound for a file of another build, so that a page that asks for it can tell
 */
export async function serveConsole(env: Assets, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  if (pathname === '/console' || pathname === page) return servePage(env, request)
  const file = await env.ASSETS.fetch(request)
  const isHashed = pathname.startsWith(hashedFiles)
  if (file.ok || file.status === 304) return isHashed ? kept(file) : file
  if (isHashed) throw new NotFound('file')
  return servePage(env, request)
}

/**
 * The console's page, with a nonce for this one answer.
 *
 * @throws Problem `misconfigured` when the console was not built
 */
export async function servePage({ ASSETS }: Assets, { url }: Pick<Request, 'url'>): Promise<Response> {
  const file = await ASSETS.fetch(new Request(new URL(page, url)))
  if (!file.ok) throw new Problem('misconfigured', { detail: 'The console was not built. The API is there: see /docs' })
  const nonce = newNonce()
  const html = (await file.text()).replaceAll('__NONCE__', nonce)
  return new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': consolePolicy(nonce),
      'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
      'cache-control': 'no-store',
    },
  })
}

function kept(file: Response): Response {
  const headers = new Headers(file.headers)
  headers.set('cache-control', forever)
  return new Response(file.body, { status: file.status, headers })
}
