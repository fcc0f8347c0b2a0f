import http from 'node:http'
import https from 'node:https'
import type { Clock } from './clock.ts'
import type { Answer } from './message.ts'

/** What is kept of an answer's body, for callbacks and the dead letter queue. */
const MAX_ANSWER_BYTES = 1024 * 1024
const MAX_TARGETS = 1_000
const NO_BODY = Buffer.alloc(0)

export interface OutgoingRequest {
  url: string
  method: string
  headers: readonly [string, string][]
  body: Buffer
  timeoutMs: number
  /** Successful answers are usually not read. */
  keepsSuccessBody: boolean
}

interface Target {
  send: typeof http.request
  agent: http.Agent
  hostname: string
  port: string
  path: string
  host: string
}

/** Calls destinations over kept-alive connections. Never rejects: trouble is an answer with status 0. */
export class HttpTransport {
  readonly #clock: Clock
  readonly #http = new http.Agent({ keepAlive: true, maxFreeSockets: 128 })
  readonly #https = new https.Agent({ keepAlive: true, maxFreeSockets: 128 })
  readonly #targets = new Map<string, Target>()
  readonly #outgoing = new Set<http.ClientRequest>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  send(request: OutgoingRequest): Promise<Answer> {
    return new Promise<Answer>((resolve) => this.#attempt(request, resolve)).catch(unreachable)
  }

  close(): void {
    for (const request of this.#outgoing) request.destroy()
    this.#http.destroy()
    this.#https.destroy()
  }

  #attempt(request: OutgoingRequest, resolve: (answer: Answer) => void): void {
    const outgoing = this.#open(request)
    this.#outgoing.add(outgoing)
    const cancelTimer = this.#clock.setTimer(() => outgoing.destroy(new Error('timeout')), request.timeoutMs)
    let isSettled = false
    let isAnswered = false
    const settle = (next: () => void) => {
      if (isSettled) return
      isSettled = true
      cancelTimer()
      this.#outgoing.delete(outgoing)
      next()
    }
    const finish = (answer: Answer) => settle(() => resolve(answer))
    outgoing.on('response', (response) => {
      isAnswered = true
      readAnswer(response, request.keepsSuccessBody, finish)
    })
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      // The destination closed the idle connection just as we took it: it has seen nothing, so this is no attempt.
      const isStale = outgoing.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
      if (isStale && !isAnswered) settle(() => this.#attempt(request, resolve))
      else finish(unreachable(error))
    })
    // The last word when there was neither an answer nor an error, such as after an upgrade that nobody asked for.
    outgoing.on('close', () => {
      if (!isAnswered) setImmediate(finish, unreachable(new Error('connection closed without an answer')))
    })
    outgoing.end(request.body)
  }

  #open({ url, method, headers, body }: OutgoingRequest): http.ClientRequest {
    const { send, host, ...target } = this.#target(url)
    const raw = ['host', host, 'content-length', String(body.length)]
    for (const [name, value] of headers) raw.push(name, value)
    return send({ ...target, method, headers: raw })
  }

  #target(url: string): Target {
    let target = this.#targets.get(url)
    if (target === undefined) {
      const { protocol, hostname, port, pathname, search, host } = new URL(url)
      const [send, agent] = protocol === 'https:' ? [https.request, this.#https] : [http.request, this.#http]
      target = { send, agent, hostname: hostname.replace(/^\[|\]$/g, ''), port, path: pathname + search, host }
      if (this.#targets.size >= MAX_TARGETS) this.#targets.clear()
      this.#targets.set(url, target)
    }
    return target
  }
}

function readAnswer(response: http.IncomingMessage, keepsSuccessBody: boolean, finish: (answer: Answer) => void): void {
  const status = response.statusCode ?? 0
  const isKept = keepsSuccessBody || status < 200 || status > 299
  const chunks: Buffer[] = []
  let length = 0
  if (isKept)
    response.on('data', (chunk: Buffer) => {
      if (length < MAX_ANSWER_BYTES) chunks.push(chunk.subarray(0, MAX_ANSWER_BYTES - length))
      length += chunk.length
    })
  else response.resume()
  response.on('end', () =>
    finish({ status, headers: isKept ? headersOf(response) : {}, body: isKept ? Buffer.concat(chunks) : NO_BODY }),
  )
  response.on('error', (error) => finish(unreachable(error)))
}

function unreachable(error: NodeJS.ErrnoException): Answer {
  return { status: 0, headers: {}, body: Buffer.from(error.message || String(error.code)) }
}

function headersOf(response: http.IncomingMessage): Record<string, string[]> {
  const headers: Record<string, string[]> = {}
  for (const [name, values] of Object.entries(response.headersDistinct))
    if (values !== undefined) headers[name] = values
  return headers
}
