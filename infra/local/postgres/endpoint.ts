import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type Backend, PostgresFault } from './backend.ts'
import { writeFault, writeReply } from './reply.ts'
import { BadRequest, readSqlRequest } from './request.ts'

/** The limit that Neon documents for requests and for replies. */
const maxBodyBytes = 64 * 1024 * 1024

export interface Endpoint {
  port: number
  /** Ends open connections; requests under way are cut off. */
  close(): Promise<void>
}

/** Serves `POST /sql` on the loopback interface only. */
export async function startEndpoint(backend: Backend, port: number): Promise<Endpoint> {
  const server = createServer((request, response) => {
    answer(backend, request)
      .then((reply) => send(response, reply))
      .catch(() => request.destroy())
  })
  // Clients keep connections: one that we closed just as they write would look like a failed query.
  server.keepAliveTimeout = 0
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Reply {
  status: number
  body: string
}

async function answer(backend: Backend, request: IncomingMessage): Promise<Reply> {
  if (request.url !== '/sql') return failure(404, 'only /sql is served here')
  if (request.method !== 'POST') return failure(405, 'only POST is possible')
  // Only browsers name an origin. A page that somebody happens to visit must not reach this database.
  if (request.headers.origin !== undefined) return failure(403, 'not for web pages')
  try {
    const sqlRequest = readSqlRequest(request.headers, await readBody(request))
    const body = writeReply(sqlRequest, await backend.run(sqlRequest.statements, sqlRequest.transaction))
    return body.length > maxBodyBytes
      ? failure(400, `response is too large (max is ${maxBodyBytes} bytes)`)
      : { status: 200, body }
  } catch (error) {
    if (error instanceof PostgresFault) return { status: 400, body: writeFault(error) }
    if (error instanceof BadRequest) return failure(400, error.message)
    return failure(500, error instanceof Error ? error.message : String(error))
  }
}

function failure(status: number, message: string): Reply {
  return { status, body: JSON.stringify({ message }) }
}

function readBody(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let byteCount = 0
    request.on('data', (chunk: Buffer) => {
      byteCount += chunk.length
      // Read to the end all the same, so that the client hears the answer.
      if (byteCount <= maxBodyBytes) chunks.push(chunk)
      else chunks.length = 0
    })
    request.on('end', () => {
      if (byteCount > maxBodyBytes) reject(new BadRequest(`request is too large (max is ${maxBodyBytes} bytes)`))
      else resolve(chunks.length === 1 && chunks[0] ? chunks[0].toString() : Buffer.concat(chunks).toString())
    })
    request.on('error', reject)
    request.on('close', () => {
      if (!request.complete) reject(new Error('the client went away'))
    })
  })
}

function send(response: ServerResponse, { status, body }: Reply) {
  const bytes = Buffer.from(body)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length })
  response.end(bytes)
}
