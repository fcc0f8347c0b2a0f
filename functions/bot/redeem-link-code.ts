import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { Context } from '#shared/context.ts'
import { sha256Hex } from '#shared/hash.ts'

/**
 * Links a person in Telegram with the account whose code this is: both happen, or neither. Who has used a code may send it
 * again, since Telegram or the queue may repeat what they said.
 *
 * @param text as people write codes: small letters, spaces and hyphens, O for 0, I or L for 1
 * @returns e-mail of the account, or undefined for a code that is wrong, too old or used by somebody else
 */
export async function redeemLinkCode(
  { db }: Pick<Context, 'db'>,
  telegramId: number,
  text: string,
): Promise<string | undefined> {
  const { rows } = await db.execute(sql`
    with code as (
      update telegram_link_codes set used_at = coalesce(used_at, now()), used_by = ${telegramId}
      where code_hash = ${sha256Hex(spelt(text))} and expires_at > now() and (used_at is null or used_by = ${telegramId})
      returning user_id
    ), linked as (
      update telegram_accounts set user_id = code.user_id, linked_at = now() from code
      where telegram_id = ${telegramId} returning code.user_id
    )
    select email from linked join users on users.id = linked.user_id`)
  const [account] = z.array(z.object({ email: z.string() })).parse(rows)
  return account?.email
}

function spelt(text: string): string {
  return text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
}
