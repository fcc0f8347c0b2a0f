import { createHash } from 'node:crypto'
import { SignJWT } from 'jose'
import { publicUrl, signingKeys, testBindings } from './world.ts'

interface Execution {
  waitUntil(work: Promise<unknown>): void
  passThroughOnException(): void
  props: object
}

export interface Fetches {
  fetch(request: Request, bindings: object, execution: Execution): Response | Promise<Response>
}

export interface CallOptions {
  token?: string | undefined
  headers?: Record<string, string>
  /** Sent as JSON; a string, bytes or a stream are sent as they are. */
  body?: unknown
  bindings?: object
}

/** What came back: status, headers and the body as JSON, where it is JSON. */
export interface Answer {
  status: number
  headers: Headers
  body: unknown
  text: string
}

/** Calls a function as the platform would, and waits for its deferred work, too. */
export async function call(app: Fetches, method: string, path: string, options: CallOptions = {}): Promise<Answer> {
  const { execution, settled } = watchedExecution()
  const response = await app.fetch(requestOf(method, path, options), options.bindings ?? testBindings(), execution)
  const type = response.headers.get('content-type') ?? ''
  const text = type.startsWith('text/event-stream') ? await hangUp(response) : await response.text()
  await settled()
  const isJson = text !== '' && type.includes('json')
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : undefined, text }
}

/** A stream of events may have no end: that it begins is the answer. */
async function hangUp(response: Response): Promise<string> {
  await response.body?.cancel()
  return ''
}

/** What a platform gives along with a request, and a way to wait for all that was deferred with it. */
export function watchedExecution() {
  const deferred: Promise<unknown>[] = []
  const execution: Execution = {
    waitUntil: (work) => void deferred.push(work),
    passThroughOnException() {},
    props: {},
  }
  return { execution, settled: () => Promise.all(deferred) }
}

/** A request as it may come off the wire: `fetch` itself would not send GET with a body. */
function requestOf(method: string, path: string, { token, headers = {}, body }: CallOptions): Request {
  const hasBody = body !== undefined
  const isBodiless = method === 'GET' || method === 'HEAD'
  const isRaw = typeof body === 'string' || body instanceof Uint8Array || body instanceof ReadableStream
  const request = new Request(publicUrl + path, {
    method: hasBody && isBodiless ? 'POST' : method,
    headers: {
      ...(hasBody && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(hasBody && { body: isRaw ? (body as BodyInit) : JSON.stringify(body), duplex: 'half' }),
  })
  if (hasBody && isBodiless) Object.defineProperty(request, 'method', { value: method })
  return request
}

interface Delivery {
  path: string
  /** Sent as JSON; a string is sent as it is. */
  body: unknown
  /** How often the queue had tried before. */
  retried?: number
  key?: string
  /** Seconds from now at which the signature was made. */
  signedAtOffset?: number
  signedUrl?: string
}

/** Headers and body of a callback as the queue sends it: signed over address and raw body. */
export async function signedDelivery({ path, body, retried = 0, key = signingKeys.current, ...options }: Delivery) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const nowSeconds = Math.floor(Date.now() / 1000) + (options.signedAtOffset ?? 0)
  const signature = await new SignJWT({ body: createHash('sha256').update(text).digest('base64url') })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer('Upstash')
    .setSubject(options.signedUrl ?? publicUrl + path)
    .setIssuedAt(nowSeconds)
    .setNotBefore(nowSeconds)
    .setExpirationTime(nowSeconds + 300)
    .setJti(crypto.randomUUID())
    .sign(new TextEncoder().encode(key))
  return { body: text, headers: { 'upstash-signature': signature, 'upstash-retried': String(retried) } }
}
