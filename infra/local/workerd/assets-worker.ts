import { getMimeType } from 'hono/utils/mime'

interface Bindings {
  /** The folder, by the runtime's disk service: bytes and their time of change. */
  FILES: { fetch(request: Request): Promise<Response> }
}

/** Serves static files as the platform's assets binding does: by path, with a type and a validator. */
const assetsWorker = {
  async fetch(request: Request, env: Bindings): Promise<Response> {
    if (request.method !== 'GET' && request.method !== 'HEAD') return new Response(null, { status: 405 })
    const url = new URL(request.url)
    const file = await env.FILES.fetch(new Request(url, { method: request.method }))
    const type = getMimeType(url.pathname)
    // The disk service lists a folder as JSON; what has no type is no static file.
    if (!file.ok || !type) return new Response(null, { status: 404 })
    const etag = `"${file.headers.get('last-modified')}-${file.headers.get('content-length')}"`
    const headers = { 'content-type': type, 'cache-control': 'public, max-age=0, must-revalidate', etag }
    if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
    return new Response(file.body, { headers })
  },
}

// biome-ignore lint/style/noDefaultExport: this is how a Worker gives its handlers
export default assetsWorker
