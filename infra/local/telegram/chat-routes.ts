import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import type { Double } from './double.ts'
import { servePage } from './page-files.ts'
import { askInline, chooseInline, press, say, sendPicture, setBlocked } from './people.ts'
import { readBody } from './read-call.ts'
import { sendJson } from './server.ts'
import { badRequest, TelegramError } from './telegram-error.ts'

export type ChatRoutes = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void> | void

const NewPerson = z.object({
  first_name: z.string().trim().min(1).max(64),
  language_code: z.string().regex(/^[a-z]{2,3}(-[a-z]{2,4})?$/i),
})
const Said = z.object({ text: z.string() })
const Pressed = z.object({ message_id: z.number().int(), data: z.string() })
const Asked = z.object({ query: z.string().max(256), offset: z.string().max(64).default('') })
const Chosen = z.object({ query_id: z.string(), result_id: z.string() })
const Blocked = z.object({ is_blocked: z.boolean() })

const heartbeatMs = 20_000

/**
 * What the page with the chat calls, for whoever it shows: only pages of this very server, since other sites must not
 * speak for anybody here.
 */
export function createChatRoutes(double: Double): ChatRoutes {
  const { world } = double

  async function act(personId: number, action: string, request: IncomingMessage): Promise<unknown> {
    const body = await readBody(request)
    if (action === 'pictures')
      return sendPicture(double, personId, body, request.headers['content-type'] ?? 'image/jpeg')
    const given: unknown = JSON.parse(new TextDecoder().decode(body))
    switch (action) {
      case 'messages':
        return say(double, personId, Said.parse(given).text)
      case 'presses': {
        const { message_id, data } = Pressed.parse(given)
        return press(double, personId, message_id, data) ?? {}
      }
      case 'inline_queries': {
        const { query, offset } = Asked.parse(given)
        return { query_id: askInline(double, personId, query, offset) }
      }
      case 'choices': {
        const { query_id, result_id } = Chosen.parse(given)
        return chooseInline(double, personId, query_id, result_id)
      }
      case 'blocks':
        return setBlocked(double, personId, Blocked.parse(given).is_blocked) ?? {}
      default:
        throw new TelegramError(404, 'Not Found')
    }
  }

  /** All that a page needs to begin with. */
  function stateOf(personId: number) {
    const { person, messages, isStarted, isBlocked } = world.chat(personId)
    const commands = double.commands.get(person.language_code.slice(0, 2)) ?? double.commands.get('') ?? []
    return { bot: world.bot, person, messages, isStarted, isBlocked, commands }
  }

  function stream(personId: number, request: IncomingMessage, response: ServerResponse) {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.write(': here\n\n')
    const forget = world.watch((happening) => {
      if (happening.personId === personId) response.write(`data: ${JSON.stringify(happening)}\n\n`)
    })
    const heartbeat = setInterval(() => response.write(': still here\n\n'), heartbeatMs)
    request.on('close', () => {
      clearInterval(heartbeat)
      forget()
    })
  }

  async function route(request: IncomingMessage, response: ServerResponse, { pathname }: URL) {
    const [, personId, action = ''] = /^\/persons\/(\d{1,15})(?:\/(\w+))?$/.exec(pathname) ?? []
    if (request.method === 'GET') {
      if (pathname === '/persons') return sendJson(response, 200, { bot: world.bot, persons: world.persons })
      if (pathname.startsWith('/pictures/')) return sendPictureTo(response, pathname.slice('/pictures/'.length))
      if (personId === undefined) return servePage(response, pathname)
      if (action === 'events') return stream(Number(personId), request, response)
      return sendJson(response, 200, stateOf(Number(personId)))
    }
    assertOwnPage(request)
    if (request.method !== 'POST') throw new TelegramError(405, 'Method Not Allowed')
    if (pathname === '/persons') {
      const body: unknown = JSON.parse(new TextDecoder().decode(await readBody(request)))
      return sendJson(response, 201, world.addPerson(NewPerson.parse(body)))
    }
    if (personId === undefined) throw new TelegramError(404, 'Not Found')
    sendJson(response, 200, await act(Number(personId), action, request))
  }

  function sendPictureTo(response: ServerResponse, fileId: string) {
    const file = world.files.get(fileId)
    if (!file) throw new TelegramError(404, 'Not Found')
    response.writeHead(200, { 'content-type': file.type, 'x-content-type-options': 'nosniff' })
    response.end(file.bytes)
  }

  return (request, response, url) =>
    route(request, response, url).catch((error: unknown) => {
      if (error instanceof z.ZodError || error instanceof SyntaxError)
        throw badRequest('what was sent is not understood')
      throw error
    })
}

/** @throws TelegramError 403 for what a page of another origin sends */
function assertOwnPage({ headers }: IncomingMessage) {
  const { origin, host } = headers
  if (origin !== undefined && URL.parse(origin)?.host !== host) throw new TelegramError(403, 'Forbidden')
}
