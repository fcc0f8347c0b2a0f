import { createHash } from 'node:crypto'
import { SignJWT } from 'jose'
import { publicUrl, signingKeys, testBindings } from './world.ts'

interface Fetches {
  fetch(
    request: Request,
    bindings: object,
    execution: { waitUntil(work: Promise<unknown>): void; passThroughOnException(): void; props: object },
  ): Response | Promise<Response>
}

interface CallOptions {
  token?: string
  headers?: Record<string, string>
  /** Sent as JSON; a string is sent as it is. */
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
  const { token, headers = {}, body, bindings = testBindings() } = options
  const deferred: Promise<unknown>[] = []
  const request = new Request(publicUrl + path, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const execution = {
    waitUntil: (work: Promise<unknown>) => void deferred.push(work),
    passThroughOnException() {},
    props: {},
  }
  const response = await app.fetch(request, bindings, execution)
  const text = await response.text()
  await Promise.all(deferred)
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : undefined, text }
}

interface Delivery {
  path: string
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
  const text = JSON.stringify(body)
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
