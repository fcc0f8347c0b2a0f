import { hash, timingSafeEqual } from 'node:crypto'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { ChatRoutes } from './chat-routes.ts'
import type { Double } from './double.ts'
import type { Method } from './method.ts'
import { botMethods } from './methods/bot.ts'
import { messageMethods } from './methods/messages.ts'
import { queryMethods } from './methods/queries.ts'
import { readCall } from './read-call.ts'
import { TelegramError } from './telegram-error.ts'

const methods = new Map<string, Method>(
  Object.entries({ ...botMethods, ...messageMethods, ...queryMethods }).map(([name, method]) => [
    name.toLowerCase(),
    method,
  ]),
)

/** Longer than clients keep an idle connection: else now and then one would send a request into a closing one. */
const keepAliveMs = 300_000

/** `/bot<token>/<method>` and `/file/bot<token>/<path>` as Telegram has them; all else is for the page with the chat. */
export function createServer(double: Double, chat: ChatRoutes): http.Server {
  return http.createServer({ keepAliveTimeout: keepAliveMs }, (request, response) => {
    serve(double, chat, request, response).catch((error: unknown) => sendError(response, error))
  })
}

async function serve(double: Double, chat: ChatRoutes, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', 'http://telegram')
  const [, prefix = '', token = '', rest = ''] = /^(\/file)?\/bot([^/]*)\/(.*)$/.exec(url.pathname) ?? []
  if (token === '') return chat(request, response, url)
  if (!isSame(decodeURIComponent(token), double.token)) {
    request.resume()
    // Telegram tells a token of the wrong form from one that no bot has.
    throw /^\d+:[\w-]{10,}$/.test(token) ? new TelegramError(401, 'Unauthorized') : new TelegramError(404, 'Not Found')
  }
  if (prefix !== '') return sendFile(double, response, rest)
  const method = methods.get(rest.toLowerCase())
  if (!method) throw new TelegramError(404, 'Not Found: method not found')
  const given = await readCall(request, url.searchParams)
  const result = await method({ double, ...given })
  sendJson(response, 200, { ok: true, result })
}

function isSame(a: string, b: string): boolean {
  const digest = (text: string) => hash('sha256', text, 'buffer')
  return timingSafeEqual(digest(a), digest(b))
}

function sendFile({ world }: Double, response: ServerResponse, path: string) {
  const file = [...world.files.values()].find((one) => one.path === path)
  if (!file) throw new TelegramError(404, 'Not Found')
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': file.bytes.byteLength })
  response.end(file.bytes)
}

export function sendJson(response: ServerResponse, status: number, body: unknown) {
  const text = JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  response.end(text)
}

function sendError(response: ServerResponse, error: unknown) {
  if (response.headersSent) return response.destroy()
  if (!(error instanceof TelegramError))
    return sendJson(response, 500, { ok: false, error_code: 500, description: `Internal Server Error: ${error}` })
  const { code, message, parameters } = error
  sendJson(response, code, { ok: false, error_code: code, description: message, ...(parameters && { parameters }) })
}
