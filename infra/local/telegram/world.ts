import { randomBytes } from 'node:crypto'
import type { Entity } from './html.ts'
import { badRequest, TelegramError } from './telegram-error.ts'

export interface Person {
  id: number
  first_name: string
  username?: string | undefined
  language_code: string
}

export interface Button {
  text: string
  callback_data?: string | undefined
  url?: string | undefined
  switch_inline_query_current_chat?: string | undefined
}
export interface Keyboard {
  inline_keyboard: Button[][]
}

export interface PhotoSize {
  file_id: string
  file_unique_id: string
  width: number
  height: number
  file_size: number
}

/** A message of a private chat; `from` tells who wrote it. */
export interface Message {
  message_id: number
  from: { id: number; is_bot: boolean; first_name: string; username?: string | undefined; language_code?: string }
  chat: { id: number; type: 'private'; first_name: string; username?: string | undefined }
  date: number
  edit_date?: number
  text?: string
  entities?: Entity[]
  photo?: PhotoSize[]
  caption?: string
  caption_entities?: Entity[]
  reply_markup?: Keyboard | undefined
  via_bot?: { id: number; is_bot: boolean; first_name: string; username: string }
}

export interface StoredFile {
  path: string
  bytes: Uint8Array
  type: string
}

export interface Chat {
  person: Person
  messages: Message[]
  lastMessageId: number
  /** Somebody to whom a person has said nothing cannot write first. */
  isStarted: boolean
  isBlocked: boolean
}

/** Something that a page that shows the chat of this person would like to know. */
export interface Happening {
  personId: number
  kind: 'message' | 'edited' | 'deleted' | 'typing' | 'toast' | 'inline' | 'chat'
  [detail: string]: unknown
}

export interface BotAccount {
  id: number
  is_bot: true
  first_name: string
  username: string
}

/** Those who are there from the start; their ids stay, so that an account linked to one stays so, too. */
const firstPersons: readonly Person[] = [
  { id: 5_000_000_001, first_name: 'Ada', username: 'ada', language_code: 'en' },
  { id: 5_000_000_002, first_name: 'Иван', username: 'ivan', language_code: 'ru' },
]

/** Persons, their chats with the one bot, and files. In memory: it ends with the process. */
export class World {
  readonly bot: BotAccount
  readonly files = new Map<string, StoredFile>()
  readonly #chats = new Map<number, Chat>()
  readonly #watchers = new Set<(happening: Happening) => void>()
  readonly #now: () => number

  constructor(bot: BotAccount, now: () => number) {
    this.bot = bot
    this.#now = now
    for (const person of firstPersons) this.addPerson(person)
  }

  /** Seconds since 1970. */
  get date(): number {
    return Math.floor(this.#now() / 1000)
  }

  get persons(): Person[] {
    return [...this.#chats.values()].map(({ person }) => person)
  }

  addPerson(person: Omit<Person, 'id'> & { id?: number }): Person {
    const id = person.id ?? Math.max(...this.#chats.keys()) + 1
    const added = { ...person, id }
    this.#chats.set(id, { person: added, messages: [], lastMessageId: 0, isStarted: false, isBlocked: false })
    return added
  }

  /** @throws TelegramError 400 for a chat that is not there */
  chat(id: number): Chat {
    const chat = this.#chats.get(id)
    if (!chat) throw badRequest('chat not found')
    return chat
  }

  /** A chat in which the bot may write. @throws TelegramError 400, 403 */
  openChat(id: number): Chat {
    const chat = this.chat(id)
    if (chat.isBlocked) throw new TelegramError(403, 'Forbidden: bot was blocked by the user')
    if (!chat.isStarted) throw new TelegramError(403, "Forbidden: bot can't initiate conversation with a user")
    return chat
  }

  /** @throws TelegramError 400 */
  message(chat: Chat, id: number, purpose: string): Message {
    const found = chat.messages.find((message) => message.message_id === id)
    if (!found) throw badRequest(`message to ${purpose} not found`)
    return found
  }

  write(chat: Chat, author: 'bot' | 'person', content: Partial<Message>): Message {
    const { first_name, username, id, language_code } = chat.person
    const person = { id, first_name, ...(username && { username }) }
    chat.lastMessageId++
    const message: Message = {
      message_id: chat.lastMessageId,
      from: author === 'bot' ? { ...this.bot } : { ...person, is_bot: false, language_code },
      chat: { ...person, type: 'private' },
      date: this.date,
      ...content,
    }
    chat.messages.push(message)
    this.tell({ personId: id, kind: 'message', message })
    return message
  }

  keepFile(bytes: Uint8Array, type: string): { file_id: string; file_unique_id: string } {
    const id = randomBytes(24).toString('base64url')
    const ending = type === 'image/png' ? 'png' : type === 'image/jpeg' ? 'jpg' : 'bin'
    this.files.set(id, { path: `photos/file_${this.files.size}.${ending}`, bytes, type })
    return { file_id: id, file_unique_id: id.slice(0, 12) }
  }

  watch(watcher: (happening: Happening) => void): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  tell(happening: Happening): void {
    for (const watcher of this.#watchers) watcher(happening)
  }
}
