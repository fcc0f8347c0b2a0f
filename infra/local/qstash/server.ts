import { hash, timingSafeEqual } from 'node:crypto'
import http from 'node:http'
import { ApiError } from './api-error.ts'
import type { ApiReply, Router } from './router.ts'

/** A batch may hold many messages. */
const MAX_REQUEST_BYTES = 16 * 1024 * 1024
/** Longer than the idle time of common clients, so that the client closes first and never meets a closing socket. */
const KEEP_ALIVE_MS = 120_000

/** The HTTP side: token, size limit, JSON in and out, errors as `{ error }`. */
export function createApiServer(router: Router, token: string): http.Server {
  const isAuthorized = tokenCheck(token)
  const server = http.createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    answer(router, isAuthorized, request).then(
      (reply) => send(response, reply),
      (error: unknown) => send(response, errorReply(error)),
    )
  })
  return server
}

async function answer(
  router: Router,
  isAuthorized: (header: string | undefined) => boolean,
  request: http.IncomingMessage,
): Promise<ApiReply> {
  if (!isAuthorized(request.headers.authorization)) {
    request.resume()
    throw new ApiError(401, 'unauthorized: invalid token')
  }
  const { handler, ...routed } = router.route(request.method ?? '', request.url ?? '')
  const body = await readBody(request)
  const callerIp = request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? ''
  return handler({ ...routed, headers: request.headers, body, callerIp })
}

function tokenCheck(token: string): (header: string | undefined) => boolean {
  const expected = `Bearer ${token}`
  const expectedDigest = digest(expected)
  return (header) => header !== undefined && timingSafeEqual(digest(header), expectedDigest)
}

const digest = (text: string) => hash('sha256', text, 'buffer')

function readBody(request: http.IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > MAX_REQUEST_BYTES) {
        reject(new ApiError(413, `request is larger than ${MAX_REQUEST_BYTES} bytes`))
        chunks.length = 0
      } else chunks.push(chunk)
    })
    request.on('end', () => {
      const [only] = chunks
      resolve(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks))
    })
    request.on('error', reject)
  })
}

function errorReply(error: unknown): ApiReply {
  if (error instanceof ApiError) return { status: error.status, body: { error: error.message } }
  return { status: 500, body: { error: error instanceof Error ? error.message : 'internal error' } }
}

function send(response: http.ServerResponse, { status, body }: ApiReply): void {
  const text = body === undefined ? '' : JSON.stringify(body)
  response.writeHead(status, ['Content-Type', 'application/json', 'Content-Length', String(Buffer.byteLength(text))])
  response.end(text)
}
