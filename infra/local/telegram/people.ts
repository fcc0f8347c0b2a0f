import type { Double } from './double.ts'
import { foundIn } from './html.ts'
import { format } from './methods/messages.ts'
import { InlineArticle } from './methods/queries.ts'
import { badRequest } from './telegram-error.ts'
import type { Chat, Message } from './world.ts'

const maximumTextLength = 4096

/** What a person writes to the bot. */
export function say(double: Double, personId: number, text: string): Message {
  const chat = double.world.chat(personId)
  const entities = foundIn(text)
  if (text.trim() === '') throw badRequest('message text is empty')
  if (text.length > maximumTextLength) throw badRequest('message is too long')
  return arrive(double, chat, { text, ...(entities.length > 0 && { entities }) })
}

/** A picture that a person sends. */
export function sendPicture(double: Double, personId: number, bytes: Uint8Array, type: string): Message {
  const size = { ...double.world.keepFile(bytes, type), width: 640, height: 640, file_size: bytes.byteLength }
  return arrive(double, double.world.chat(personId), { photo: [size] })
}

function arrive(double: Double, chat: Chat, content: Partial<Message>): Message {
  chat.isStarted = true
  chat.isBlocked = false
  const message = double.world.write(chat, 'person', content)
  double.updates.push(chat.person.id, 'message', message)
  return message
}

/** A person presses a button below a message, by the button's data. */
export function press(double: Double, personId: number, messageId: number, data: string): void {
  const chat = double.world.chat(personId)
  const message = double.world.message(chat, messageId, 'press')
  const isThere = message.reply_markup?.inline_keyboard.flat().some((button) => button.callback_data === data)
  if (!isThere) throw badRequest('there is no such button')
  double.updates.push(personId, 'callback_query', {
    id: double.openQuery(personId),
    from: sender(chat),
    message,
    chat_instance: String(personId),
    data,
  })
}

/** What a person types after the bot's name, in any chat. @returns id of the query */
export function askInline(double: Double, personId: number, query: string, offset = ''): string {
  const id = double.openQuery(personId)
  const from = sender(double.world.chat(personId))
  double.updates.push(personId, 'inline_query', { id, from, query, offset, chat_type: 'sender' })
  return id
}

/** A person takes one of the results: it is written in the chat, by way of the bot. */
export function chooseInline(double: Double, personId: number, queryId: string, resultId: string): Message {
  const chat = double.world.chat(personId)
  const results = InlineArticle.array().parse(double.inlineResults.get(queryId) ?? [])
  const result = results.find(({ id }) => id === resultId)
  if (!result) throw badRequest('there is no such result')
  const { message_text, parse_mode } = result.input_message_content
  const via_bot = { ...double.world.bot }
  return double.world.write(chat, 'person', { ...format(message_text, parse_mode), via_bot })
}

export function setBlocked(double: Double, personId: number, isBlocked: boolean): void {
  double.world.chat(personId).isBlocked = isBlocked
  double.world.tell({ personId, kind: 'chat' })
}

const sender = ({ person }: Chat) => ({ ...person, is_bot: false })
