import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { type FormattedText, foundIn, parseHtml } from '../html.ts'
import { type Call, chatId, flag, type Method, messageId, method } from '../method.ts'
import { badRequest } from '../telegram-error.ts'
import type { Message } from '../world.ts'
import { checkKeyboard, ReplyMarkup } from './keyboard.ts'

const maximumTextLength = 4096
const maximumCaptionLength = 1024

const ParseMode = z.string().optional()

/** @throws TelegramError 400 for text that cannot be read, is empty or too long */
export function format(source: string, parseMode: string | undefined): FormattedText {
  const mode = parseMode?.toLowerCase() ?? ''
  if (mode !== '' && mode !== 'html') throw badRequest('unsupported parse_mode')
  const formatted = mode === 'html' ? parseHtml(source) : { text: source.trim(), entities: foundIn(source.trim()) }
  if (formatted.text === '') throw badRequest('message text is empty')
  if (formatted.text.length > maximumTextLength) throw badRequest('message is too long')
  return formatted
}

const textOf = ({ text, entities }: FormattedText) => ({ text, ...(entities.length > 0 && { entities }) })

const sendMessage = method(
  z.object({ chat_id: chatId, text: z.string(), parse_mode: ParseMode, reply_markup: ReplyMarkup }),
  ({ chat_id, text, parse_mode, reply_markup }, { double }) => {
    const chat = double.world.openChat(chat_id)
    const content = textOf(format(text, parse_mode))
    const keyboard = checkKeyboard(reply_markup)
    double.flood.count(chat_id)
    return double.world.write(chat, 'bot', { ...content, ...(keyboard && { reply_markup: keyboard }) })
  },
)

const Target = { chat_id: chatId, message_id: messageId }

const editMessageText = method(
  z.object({ ...Target, text: z.string(), parse_mode: ParseMode, reply_markup: ReplyMarkup }),
  ({ text, parse_mode, reply_markup, ...target }, call) => {
    const message = ownMessage(call, target)
    if (message.text === undefined) throw badRequest('there is no text in the message to edit')
    return edit(call, message, { ...textOf(format(text, parse_mode)), reply_markup: checkKeyboard(reply_markup) })
  },
)

const editMessageReplyMarkup = method(
  z.object({ ...Target, reply_markup: ReplyMarkup }),
  ({ reply_markup, ...target }, call) => {
    const message = ownMessage(call, target)
    const { text, entities } = message
    return edit(call, message, {
      ...(text !== undefined && { text, ...(entities && { entities }) }),
      reply_markup: checkKeyboard(reply_markup),
    })
  },
)

function ownMessage({ double }: Call, { chat_id, message_id }: { chat_id: number; message_id: number }): Message {
  const message = double.world.message(double.world.openChat(chat_id), message_id, 'edit')
  if (!message.from.is_bot) throw badRequest("message can't be edited")
  return message
}

/** Changes a message in place, by its text, marks and buttons. */
function edit({ double }: Call, message: Message, changed: Pick<Message, 'text' | 'entities' | 'reply_markup'>) {
  const { text, entities, reply_markup } = message
  const isSame =
    text === changed.text &&
    isDeepStrictEqual(entities, changed.entities) &&
    isDeepStrictEqual(reply_markup, changed.reply_markup)
  if (isSame)
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    )
  double.flood.count(message.chat.id)
  if (!changed.entities) delete message.entities
  if (!changed.reply_markup) delete message.reply_markup
  Object.assign(message, changed, { edit_date: double.world.date })
  double.world.tell({ personId: message.chat.id, kind: 'edited', message })
  return message
}

const deleteMessage = method(z.object(Target), ({ chat_id, message_id }, { double }) => {
  const chat = double.world.openChat(chat_id)
  const message = double.world.message(chat, message_id, 'delete')
  chat.messages.splice(chat.messages.indexOf(message), 1)
  double.world.tell({ personId: chat_id, kind: 'deleted', messageId: message_id })
  return true
})

const actions = ['typing', 'upload_photo', 'upload_document', 'find_location', 'choose_sticker', 'record_voice']

const sendChatAction = method(z.object({ chat_id: chatId, action: z.string() }), ({ chat_id, action }, { double }) => {
  double.world.openChat(chat_id)
  if (!actions.includes(action)) throw badRequest('wrong parameter action in request')
  double.world.tell({ personId: chat_id, kind: 'typing', action })
  return true
})

const sendPhoto = method(
  z.object({
    chat_id: chatId,
    photo: z.string().optional(),
    caption: z.string().optional(),
    parse_mode: ParseMode,
    reply_markup: ReplyMarkup,
    has_spoiler: flag.optional(),
  }),
  ({ chat_id, photo, caption, parse_mode, reply_markup }, call) => {
    const { world, flood } = call.double
    const chat = world.openChat(chat_id)
    const sizes = photoOf(call, photo)
    const formatted = caption === undefined ? undefined : format(caption, parse_mode)
    if ((formatted?.text.length ?? 0) > maximumCaptionLength) throw badRequest('message caption is too long')
    const keyboard = checkKeyboard(reply_markup)
    flood.count(chat_id)
    return world.write(chat, 'bot', {
      photo: sizes,
      ...(formatted && { caption: formatted.text, caption_entities: formatted.entities }),
      ...(keyboard && { reply_markup: keyboard }),
    })
  },
)

/** What comes along with the request, as `attach://<part>` or in a part of that name; or a file sent before. */
function photoOf({ double: { world }, uploads }: Call, photo: string | undefined) {
  const upload = uploads.get(photo?.startsWith('attach://') ? photo.slice('attach://'.length) : 'photo')
  const known = photo === undefined ? undefined : world.files.get(photo)
  if (upload && !upload.type.startsWith('image/') && !looksLikeImage(upload.bytes))
    throw badRequest('IMAGE_PROCESS_FAILED')
  if (upload) return [sized(world.keepFile(upload.bytes, imageType(upload.bytes)), upload.bytes)]
  if (known && photo !== undefined) return [sized({ file_id: photo, file_unique_id: photo.slice(0, 12) }, known.bytes)]
  throw badRequest('wrong file identifier/HTTP URL specified')
}

/** Pictures are not looked into: the size in pixels is made up. */
const sized = (ids: { file_id: string; file_unique_id: string }, bytes: Uint8Array) => ({
  ...ids,
  width: 640,
  height: 640,
  file_size: bytes.byteLength,
})

const isPng = (bytes: Uint8Array) => bytes[0] === 0x89 && bytes[1] === 0x50
const isJpeg = (bytes: Uint8Array) => bytes[0] === 0xff && bytes[1] === 0xd8
const looksLikeImage = (bytes: Uint8Array) => isPng(bytes) || isJpeg(bytes)
const imageType = (bytes: Uint8Array) => (isPng(bytes) ? 'image/png' : 'image/jpeg')

export const messageMethods: Readonly<Record<string, Method>> = {
  sendMessage,
  editMessageText,
  editMessageReplyMarkup,
  deleteMessage,
  sendChatAction,
  sendPhoto,
}
