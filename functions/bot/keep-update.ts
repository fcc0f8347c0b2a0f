import { sql } from 'drizzle-orm'
import type { Context } from '#shared/context.ts'
import { chatOf, readUpdate } from './update.ts'

/**
 * Keeps an update until it is worked on.
 *
 * @param content as Telegram sent it
 * @returns false when it had come before: Telegram repeats what it holds for lost
 */
export async function keepUpdate(
  { db }: Pick<Context, 'db'>,
  content: { update_id: number } & Record<string, unknown>,
): Promise<boolean> {
  const { rowCount } = await db.execute(sql`
    insert into telegram_updates (update_id, chat_id, content)
    values (${content.update_id}, ${chatOf(readUpdate(content))}, ${JSON.stringify(content)}::jsonb)
    on conflict (update_id) do nothing`)
  return rowCount > 0
}
