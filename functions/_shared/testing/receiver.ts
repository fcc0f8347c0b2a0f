import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'

export interface Received {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

/** A server of this test's own, to which webhooks are sent; `respond` decides what it answers, or that it does not. */
export async function givenReceiver(respond: (response: ServerResponse, request: Received) => void) {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const message = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() }
      received.push(message)
      respond(response, message)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the receiver listens on no port')
  return {
    url: `http://127.0.0.1:${address.port}/hook`,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Answers with these statuses in turn, and with the last one from then on. */
export function answering(...statuses: [number, ...number[]]) {
  let count = 0
  return (response: ServerResponse) => {
    const status = statuses[Math.min(count++, statuses.length - 1)] ?? statuses[0]
    response.writeHead(status).end('what an answer says is nobody’s business')
  }
}
