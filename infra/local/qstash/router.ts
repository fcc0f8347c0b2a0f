import { ApiError } from './api-error.ts'
import type { HeaderMap } from './publish-options.ts'

export interface ApiRequest {
  /** Decoded values of the pattern's `:names`. */
  parameters: Readonly<Record<string, string>>
  /** What the pattern's `*` stands for, as it was sent, with the query. */
  rest: string
  query: URLSearchParams
  headers: HeaderMap
  body: Buffer
  callerIp: string
}

export interface ApiReply {
  status: number
  /** Sent as JSON; nothing when absent. */
  body?: unknown
}

export type Handler = (request: ApiRequest) => ApiReply | Promise<ApiReply>

/** `GET /v2/queues/:name`, or `POST /v2/publish/*` where the rest is taken as it is. */
export type Routes = Readonly<Record<string, Handler>>

interface Route {
  method: string
  segments: string[]
  handler: Handler
}

export class Router {
  readonly #routes: Route[]

  constructor(routes: Routes) {
    this.#routes = Object.entries(routes).map(([pattern, handler]) => {
      const [method = '', path = ''] = pattern.split(' ')
      return { method, segments: path.slice(1).split('/'), handler }
    })
  }

  /** @throws ApiError 404 when there is no such path, 405 when it takes another method */
  route(method: string, target: string): { handler: Handler } & Pick<ApiRequest, 'parameters' | 'rest' | 'query'> {
    let isPathKnown = false
    for (const route of this.#routes) {
      const matched = match(route.segments, target)
      if (matched === undefined) continue
      if (route.method === method) return { handler: route.handler, ...matched }
      isPathKnown = true
    }
    throw isPathKnown ? new ApiError(405, `${method} is not allowed here`) : new ApiError(404, 'not found')
  }
}

/** Walks the target along the pattern without splitting it: most targets hold an address full of slashes. */
function match(segments: readonly string[], target: string) {
  const parameters: Record<string, string> = Object.create(null)
  const queryAt = target.indexOf('?')
  const pathEnd = queryAt === -1 ? target.length : queryAt
  let position = 0
  for (const segment of segments) {
    if (target[position] !== '/') return undefined
    position += 1
    if (segment === '*') {
      if (position >= target.length) return undefined
      return { parameters, rest: target.slice(position), query: new URLSearchParams() }
    }
    const slash = target.indexOf('/', position)
    const end = slash === -1 || slash > pathEnd ? pathEnd : slash
    const text = target.slice(position, end)
    if (segment.startsWith(':')) {
      if (text === '') return undefined
      parameters[segment.slice(1)] = decoded(text)
    } else if (segment !== text) return undefined
    position = end
  }
  if (position !== pathEnd) return undefined
  return { parameters, rest: '', query: new URLSearchParams(target.slice(pathEnd)) }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new ApiError(400, `malformed path: ${text}`)
  }
}
