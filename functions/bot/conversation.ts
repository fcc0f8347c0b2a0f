import { Context, type InlineKeyboard } from 'grammy'
import type { Update } from 'grammy/types'
import type { UserContext } from '#shared/context.ts'
import { meetPerson, type Person } from './person.ts'
import type { BotSystem } from './services.ts'
import { type Texts, textsIn } from './texts.ts'

const asHtml = { parse_mode: 'HTML', link_preview_options: { is_disabled: true } } as const

/** An update, who it is from, and the words in their language. */
export class Conversation extends Context {
  readonly system: BotSystem
  readonly person: Person
  readonly t: Texts

  constructor(update: Update, system: BotSystem, person: Person) {
    super(update, system.telegram, system.botInfo)
    this.system = system
    this.person = person
    this.t = textsIn(person.language)
  }

  /** Answers with a message. */
  async tell(html: string, buttons?: InlineKeyboard): Promise<void> {
    await this.reply(html, { ...asHtml, ...(buttons && { reply_markup: buttons }) })
  }

  /** Changes the message whose button was pressed; that it says so already is as good. */
  async change(html: string, buttons?: InlineKeyboard): Promise<void> {
    await this.editMessageText(html, { ...asHtml, ...(buttons && { reply_markup: buttons }) }).catch(unlessUnchanged)
  }

  /** The context in which verbs act for the linked account, with the rights of a user; undefined without one. */
  get account(): (BotSystem & UserContext) | undefined {
    const { userId } = this.person
    return userId === null ? undefined : { ...this.system, actor: { kind: 'user', userId, role: 'user', via: 'token' } }
  }
}

export function unlessUnchanged(error: unknown): void {
  if (!(error instanceof Error && error.message.includes('message is not modified'))) throw error
}

/** @throws Error for an update that nobody sent: the bot asks for none of these */
export async function beginConversation(system: BotSystem, update: Update): Promise<Conversation> {
  const from = (update.message ?? update.callback_query ?? update.inline_query)?.from
  if (!from) throw new Error('an update that is from nobody')
  return new Conversation(update, system, await meetPerson(system, from))
}
