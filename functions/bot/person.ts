import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { User } from 'grammy/types'
import type { Context } from '#shared/context.ts'
import { type Language, languageOf } from './texts.ts'

const Person = z.object({
  telegram_id: z.coerce.number(),
  language: z.enum(['en', 'ru']),
  /** Of the account whose wallet and history are theirs; null until they have linked one. */
  user_id: z.string().nullable(),
})

export interface Person {
  telegramId: number
  language: Language
  userId: string | null
}

/** Who writes, kept from their first word on; until they choose, they are spoken to in the language of their Telegram. */
export async function meetPerson({ db }: Pick<Context, 'db'>, { id, language_code }: User): Promise<Person> {
  const { rows } = await db.execute(sql`
    with met as (
      insert into telegram_accounts (telegram_id, language) values (${id}, ${languageOf(language_code)})
      on conflict (telegram_id) do nothing returning telegram_id, language, user_id
    )
    select telegram_id, language, user_id from met
    union all select telegram_id, language, user_id from telegram_accounts where telegram_id = ${id}
    limit 1`)
  const [row] = z.array(Person).parse(rows)
  // Somebody else met them at the very same moment, and what they wrote cannot be seen by this statement yet.
  if (!row) return { telegramId: id, language: languageOf(language_code), userId: null }
  return { telegramId: row.telegram_id, language: row.language, userId: row.user_id }
}

export async function setLanguage(
  { db }: Pick<Context, 'db'>,
  { telegramId, language }: Pick<Person, 'telegramId' | 'language'>,
): Promise<void> {
  await db.execute(sql`update telegram_accounts set language = ${language} where telegram_id = ${telegramId}`)
}
