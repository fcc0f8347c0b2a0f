import { sessionCount, sessionGoesOn } from './renewal.ts'

/** What is wrong with one part of what was sent, by JSON pointer. */
export interface Fault {
  pointer: string
  code: string
  message: string
}

/** An answer of the API that is not what was asked for: its stable code, and words for people. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly faults: readonly Fault[]
  readonly requestId: string | undefined
  /** When it may be tried again, where the server says so. */
  readonly retryAfterSeconds: number | undefined

  constructor(status: number, problem: Partial<Problem>, retryAfter: string | null = null) {
    super(problem.detail ?? problem.title ?? `The server answered ${status}`)
    this.name = 'ApiError'
    this.status = status
    this.code = problem.code ?? 'unknown'
    this.faults = problem.errors ?? []
    this.requestId = problem.request_id
    this.retryAfterSeconds = retryAfter !== null && /^\d+$/.test(retryAfter) ? Number(retryAfter) : undefined
  }

  /** What Refine looks at. */
  get statusCode() {
    return this.status
  }
}

/** The server could not be reached, or broke off. */
export class NetworkError extends Error {
  readonly code = 'network'
  constructor(cause: unknown) {
    super('The server cannot be reached', { cause })
    this.name = 'NetworkError'
  }
}

interface Problem {
  title: string
  detail: string
  code: string
  request_id: string
  errors: Fault[]
}

export interface CallOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  query?: Readonly<Record<string, string | number | undefined>>
  body?: unknown
  /** Sent as `Idempotency-Key`: the same key twice does a thing once. */
  idempotencyKey?: string
  signal?: AbortSignal | undefined
}

/**
 * Calls the API of this origin; who calls is told by a cookie that scripts cannot read. When the session has ended, the
 * person is asked to sign in again, and the call waits for them: nothing was done by what was refused for that.
 *
 * @throws ApiError, NetworkError
 */
export async function call<Answer>(path: string, options: CallOptions = {}): Promise<Answer> {
  const session = sessionCount()
  try {
    return await send(path, options)
  } catch (error) {
    const isSessionOver = error instanceof ApiError && error.code === 'unauthenticated'
    if (!isSessionOver || !(await sessionGoesOn(session))) throw error
    return send(path, options)
  }
}

async function send<Answer>(path: string, options: CallOptions): Promise<Answer> {
  const { method = 'GET', body, idempotencyKey, signal } = options
  const headers = new Headers({ accept: 'application/json' })
  if (body !== undefined) headers.set('content-type', 'application/json')
  if (idempotencyKey !== undefined) headers.set('idempotency-key', idempotencyKey)
  const response = await fetch(addressOf(path, options.query), {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ?? null,
  }).catch((cause: unknown) => {
    throw signal?.aborted ? cause : new NetworkError(cause)
  })
  const answer = await readJson(response)
  if (!response.ok) throw new ApiError(response.status, answer as Partial<Problem>, response.headers.get('retry-after'))
  return answer as Answer // the contract's schemas are what both sides are written from
}

function addressOf(path: string, query: CallOptions['query'] = {}): string {
  const known = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  return known.length === 0 ? path : `${path}?${new URLSearchParams(known)}`
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text().catch((cause: unknown) => {
    throw new NetworkError(cause)
  })
  try {
    return text === '' ? {} : JSON.parse(text)
  } catch {
    return { detail: text.slice(0, 200) }
  }
}
