import { randomInt } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { UserContext } from '#shared/context.ts'
import { sha256Hex } from '#shared/hash.ts'

/** Crockford's: no letter that could be taken for a digit or another letter. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const codeLength = 8
const lifetime = '10 minutes'

const Made = z.tuple([z.object({ expires_at: z.coerce.date() })])

/** A new code for the caller's account. It replaces the one before; only its hash is kept. */
export async function makeLinkCode({ db, actor }: UserContext): Promise<{ code: string; expiresAt: Date }> {
  const code = Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)]).join('')
  const { rows } = await db.execute(sql`
    with replaced as (delete from telegram_link_codes where user_id = ${actor.userId} and used_at is null)
    insert into telegram_link_codes (code_hash, user_id, expires_at)
    values (${sha256Hex(code)}, ${actor.userId}, now() + ${lifetime}::interval) returning expires_at`)
  const [{ expires_at }] = Made.parse(rows)
  return { code, expiresAt: expires_at }
}
