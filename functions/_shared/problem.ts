import { z } from '@hono/zod-openapi'

/** Every way in which a request can fail: stable code, HTTP status, and a title that never changes. */
export const problemKinds = {
  malformed_request: { status: 400, title: 'The request could not be read' },
  unauthenticated: { status: 401, title: 'Who you are is not known' },
  wrong_credentials: { status: 401, title: 'Wrong e-mail or password' },
  bad_signature: { status: 401, title: 'The signature is missing or wrong' },
  insufficient_credits: { status: 402, title: 'Not enough credits' },
  forbidden: { status: 403, title: 'You may not do this' },
  not_found: { status: 404, title: 'There is no such thing' },
  method_not_allowed: { status: 405, title: 'This address does not take that method' },
  already_registered: { status: 409, title: 'This e-mail is registered already' },
  already_settled: { status: 409, title: 'The job has ended and can no longer change' },
  already_running: { status: 409, title: 'The job has started and can no longer be cancelled' },
  too_many_webhooks: { status: 409, title: 'There are as many webhooks as there may be' },
  webhook_disabled: { status: 409, title: 'The webhook is disabled, and nothing more is sent to it' },
  already_reembedding: { status: 409, title: 'Another encoder is reading the catalogue' },
  encoder_in_use: { status: 409, title: 'Searches go by this encoder, or did a moment ago' },
  too_large: { status: 413, title: 'The request is too large' },
  unsupported_media_type: { status: 415, title: 'The body must be JSON' },
  invalid_request: { status: 422, title: 'The request does not fit what is asked for' },
  idempotency_key_reused: { status: 422, title: 'This Idempotency-Key was used for another request' },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal_error: { status: 500, title: 'Something went wrong on our side' },
  misconfigured: { status: 500, title: 'The service is not configured' },
  unavailable: { status: 503, title: 'A service that this needs cannot be reached' },
} as const

export type ProblemCode = keyof typeof problemKinds

/** What is wrong with one part of the body, query or path, by JSON pointer (RFC 6901). */
export interface Fault {
  pointer: string
  code: string
  message: string
}

interface ProblemOptions {
  detail?: string
  errors?: Fault[]
  /** Members beside the standard ones, such as `needed_credits`. */
  extra?: Record<string, unknown>
  headers?: Record<string, string>
  cause?: unknown
}

/** A failure with a name that callers may rely on. Thrown anywhere, rendered once, as RFC 9457 says. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly options: ProblemOptions

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    super(options.detail ?? problemKinds[code].title, { cause: options.cause })
    this.name = 'Problem'
    this.code = code
    this.options = options
  }

  get status() {
    return problemKinds[this.code].status
  }

  /** @param requestId what the log knows this request by */
  toResponse(requestId: string): Response {
    const { title, status } = problemKinds[this.code]
    const { detail, errors, extra, headers } = this.options
    const body = {
      type: `/problems/${this.code}`,
      title,
      status,
      detail,
      code: this.code,
      request_id: requestId,
      errors,
      ...extra,
    }
    return new Response(JSON.stringify(body), {
      status,
      headers: {
        'content-type': 'application/problem+json',
        ...(status === 401 && { 'www-authenticate': 'Bearer' }),
        ...headers,
      },
    })
  }
}

export class InsufficientCredits extends Problem {
  constructor({ neededCredits, availableCredits }: { neededCredits: number; availableCredits: number }) {
    super('insufficient_credits', {
      detail: `This costs ${neededCredits} credits; ${availableCredits} are available`,
      extra: { needed_credits: neededCredits, available_credits: availableCredits },
    })
  }
}

/** Also for what belongs to somebody else: it does not exist for you. */
export class NotFound extends Problem {
  constructor(what: string) {
    super('not_found', { detail: `There is no such ${what}` })
  }
}

export class InvalidRequest extends Problem {
  constructor(errors: Fault[]) {
    super('invalid_request', {
      detail: errors
        .map((e) => `${e.pointer || 'body'}: ${e.message}`)
        .slice(0, 3)
        .join('; '),
      errors,
    })
  }
}

/** The body of every error, for OpenAPI and for tests. */
export const ProblemBody = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    code: z.string(),
    request_id: z.string(),
    errors: z.array(z.object({ pointer: z.string(), code: z.string(), message: z.string() })).optional(),
  })
  .loose()
  .openapi('Problem')

type ProblemStatus = (typeof problemKinds)[ProblemCode]['status']

/** The error responses of a route, to be spread into its `responses`. */
export function problems<S extends ProblemStatus>(...statuses: S[]) {
  const content = { 'application/problem+json': { schema: ProblemBody } }
  const describe = (status: number) =>
    Object.entries(problemKinds)
      .filter(([, kind]) => kind.status === status)
      .map(([code]) => `\`${code}\``)
      .join(', ')
  const entries = statuses.map((status) => [status, { description: describe(status), content }])
  return Object.fromEntries(entries) as Record<S, { description: string; content: typeof content }>
}
