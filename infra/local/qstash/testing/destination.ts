import { once } from 'node:events'
import http from 'node:http'
import type { Receiver } from '@upstash/qstash'

export interface Delivery {
  method: string
  /** Path and query. */
  target: string
  headers: http.IncomingHttpHeaders
  body: string
  atMs: number
}

export interface Reply {
  status?: number
  headers?: Record<string, string>
  body?: string | Buffer
  /** Closes the connection without an answer. */
  isCut?: boolean
}

export type Answer = (delivery: Delivery) => Reply | undefined | Promise<Reply | undefined>

/** An endpoint that checks every signature with the official receiver and keeps what it got. */
export class Destination {
  readonly deliveries: Delivery[] = []
  /** What to answer; a plain 200 when it gives nothing. */
  answer: Answer = () => undefined
  readonly #server: http.Server
  readonly #receiver: Receiver
  readonly #now: () => number
  #url = ''

  private constructor(receiver: Receiver, now: () => number) {
    this.#receiver = receiver
    this.#now = now
    this.#server = http.createServer((request, response) => {
      this.#receive(request, response).catch((error: unknown) => {
        response.statusCode = 500
        response.end(String(error))
      })
    })
  }

  static async start(receiver: Receiver, now: () => number): Promise<Destination> {
    const destination = new Destination(receiver, now)
    destination.#server.listen(0, '127.0.0.1')
    await once(destination.#server, 'listening')
    const address = destination.#server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    destination.#url = `http://127.0.0.1:${address.port}`
    return destination
  }

  url(target = '/'): string {
    return this.#url + target
  }

  /** Bodies of what came to a path, in order. */
  bodies(path = '/'): string[] {
    return this.at(path).map(({ body }) => body)
  }

  at(path: string): Delivery[] {
    return this.deliveries.filter(({ target }) => target.split('?')[0] === path)
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  async #receive(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks).toString()
    const target = request.url ?? ''
    const signature = String(request.headers['upstash-signature'])
    // The server's clock may be far ahead of the machine's, which the receiver reads.
    await this.#receiver.verify({ signature, body, url: this.url(target), clockTolerance: 10 ** 9 })
    const delivery = { method: request.method ?? '', target, headers: request.headers, body, atMs: this.#now() }
    this.deliveries.push(delivery)
    const reply = await this.answer(delivery)
    if (reply?.isCut === true) request.socket.destroy()
    else response.writeHead(reply?.status ?? 200, reply?.headers).end(reply?.body ?? '')
  }
}
