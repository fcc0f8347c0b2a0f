/** What the server tells the page. */

export interface Entity {
  type: string
  offset: number
  length: number
  url?: string
}
export interface Button {
  text: string
  callback_data?: string
  url?: string
}
export interface Message {
  message_id: number
  from: { is_bot: boolean }
  date: number
  edit_date?: number
  text?: string
  entities?: Entity[]
  caption?: string
  caption_entities?: Entity[]
  photo?: { file_id: string }[]
  reply_markup?: { inline_keyboard: Button[][] }
  via_bot?: { username: string }
}
export interface Person {
  id: number
  first_name: string
  language_code: string
}
export interface Bot {
  first_name: string
  username: string
}
export interface State {
  bot: Bot
  person: Person
  messages: Message[]
  isStarted: boolean
  commands: { command: string; description: string }[]
}
export interface InlineResult {
  id: string
  title: string
  description?: string
}
export type Happening =
  | { kind: 'message' | 'edited'; message: Message }
  | { kind: 'deleted'; messageId: number }
  | { kind: 'typing' }
  | { kind: 'toast'; text: string; isAlert: boolean }
  | { kind: 'inline'; queryId: string; results: InlineResult[] }
  | { kind: 'chat' }
