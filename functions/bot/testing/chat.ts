import { randomInt } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll } from 'vitest'
import type { Double } from '#infra/local/telegram/double.ts'
import { press, say } from '#infra/local/telegram/people.ts'
import { type RunningTelegram, startTelegram } from '#infra/local/telegram/start.ts'
import type { Update } from '#infra/local/telegram/updates.ts'
import type { Message } from '#infra/local/telegram/world.ts'
import { type Answer, call, signedDelivery, watchedExecution } from '#shared/testing/call.ts'
import { givenUser, testContext } from '#shared/testing/users.ts'
import { hasServices, testBindings } from '#shared/testing/world.ts'
import bot from '../index.ts'
import { makeLinkCode } from '../make-link-code.ts'
import { secretHeader } from '../sent-by-telegram.ts'

const token = '1000000001:a-token-of-tests'
/** No other test file may use these: updates are known by their ids, persons by theirs. */
const anyId = () => randomInt(2 ** 33, 2 ** 47)

/** One double and one isolate of the bot for the tests of a file. */
const telegram: RunningTelegram | undefined = hasServices
  ? await startTelegram({ token, firstUpdateId: anyId() })
  : undefined
afterAll(() => telegram?.close())

export function double(): Double {
  if (!telegram) throw new Error('this project has no services')
  return telegram.double
}

export const bindings = {
  ...(hasServices ? testBindings() : undefined),
  TELEGRAM_BOT_TOKEN: token,
  TELEGRAM_BOT_USERNAME: 'auspex_test_bot',
  TELEGRAM_WEBHOOK_SECRET: 'a-secret-of-tests',
  TELEGRAM_API_ROOT: telegram?.url ?? '',
}

/** As Telegram posts an update. */
export function post(body: unknown, headers: Record<string, string> = { [secretHeader]: 'a-secret-of-tests' }) {
  return call(bot, 'POST', '/bot/telegram', { body, headers, bindings })
}

/** As the queue calls for an update. */
export async function work(updateId: number, { retried = 0, on = bindings } = {}): Promise<Answer> {
  const delivery = await signedDelivery({ path: '/bot/updates', body: { update_id: String(updateId) }, retried })
  return call(bot, 'POST', '/bot/updates', { ...delivery, bindings: on })
}

export async function sweep(): Promise<void> {
  const { execution, settled } = watchedExecution()
  await bot.scheduled({}, bindings, execution)
  await settled()
}

/** What became of an update, as it is kept. */
export async function rowOf(updateId: number) {
  const { rows } = await testContext().db.execute(
    sql`select done_at is not null as is_done, attempts, content is null as is_empty, publish_count
      from telegram_updates where update_id = ${updateId}`,
  )
  return rows[0]
}

/** Somebody in Telegram who has said nothing yet, and all that they can do. */
export function givenPerson(language_code = 'en', first_name = 'Ada') {
  const { world, updates: pending } = double()
  const person = world.addPerson({ id: anyId(), first_name, language_code })
  const chat = world.chat(person.id)

  /** What a person did comes to the bot, and is worked on. @returns what the bot wrote in answer */
  async function through(act: () => unknown): Promise<Message[]> {
    const before = chat.lastMessageId
    for (const update of await happened(act)) {
      await post(update)
      await work(update.update_id)
    }
    return chat.messages.filter(({ message_id, from }) => message_id > before && from.is_bot)
  }

  async function happened(act: () => unknown): Promise<Update[]> {
    act()
    const updates = await pending.poll(0, 100, 0)
    // That they have come is said by asking for what comes after them.
    await pending.poll(Number.MAX_SAFE_INTEGER, 1, 0)
    return updates
  }

  /** Says something, and @returns the text of the last answer. */
  async function ask(text: string): Promise<string> {
    const answers = await through(() => say(double(), person.id, text))
    return answers.at(-1)?.text ?? ''
  }

  return {
    id: person.id,
    chat,
    happened,
    through,
    ask,
    say: (text: string) => through(() => say(double(), person.id, text)),
    lastMessage(): Message {
      const message = chat.messages.findLast(({ from }) => from.is_bot)
      if (!message) throw new Error('the bot has said nothing')
      return message
    },
    /** Presses the button of the last message whose text or data begins so. */
    async press(label: string) {
      const message = this.lastMessage()
      const button = message.reply_markup?.inline_keyboard
        .flat()
        .find(({ text, callback_data = '' }) => text.startsWith(label) || callback_data.startsWith(label))
      if (!button) throw new Error(`there is no button ${label}: ${JSON.stringify(message.reply_markup)}`)
      return through(() => press(double(), person.id, message.message_id, button.callback_data ?? ''))
    },
    buttons() {
      return this.lastMessage().reply_markup?.inline_keyboard.map((row) => row.map(({ text }) => text)) ?? []
    },
    /** What is shown over the chat from now on. */
    toasts() {
      const toasts: { text: unknown; isAlert: unknown }[] = []
      world.watch((happening) => {
        if (happening.personId === person.id && happening.kind === 'toast')
          toasts.push({ text: happening.text, isAlert: happening.isAlert })
      })
      return toasts
    },
  }
}

/** Somebody with an account and credits, who has linked it. */
export async function givenLinkedPerson({ credits = 0, language = 'en' } = {}) {
  const user = await givenUser({ credits })
  const person = givenPerson(language)
  const { code } = await makeLinkCode(user.ctx)
  await person.ask(`/link ${code}`)
  return { ...person, user }
}
