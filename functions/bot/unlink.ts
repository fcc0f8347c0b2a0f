import { sql } from 'drizzle-orm'
import type { Context } from '#shared/context.ts'

/** Whoever in Telegram is linked with the account is so no more, and no code of it is good. */
export async function unlinkAccount({ db }: Pick<Context, 'db'>, userId: string): Promise<void> {
  await db.execute(sql`
    with withdrawn as (delete from telegram_link_codes where user_id = ${userId})
    update telegram_accounts set user_id = null, linked_at = null where user_id = ${userId}`)
}

/** A person in Telegram is linked with no account any more, and no code that they used is good. */
export async function unlinkPerson({ db }: Pick<Context, 'db'>, telegramId: number): Promise<void> {
  await db.execute(sql`
    with withdrawn as (delete from telegram_link_codes where used_by = ${telegramId})
    update telegram_accounts set user_id = null, linked_at = null where telegram_id = ${telegramId}`)
}
