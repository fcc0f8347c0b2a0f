import { createHash, timingSafeEqual } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import { Problem } from '#shared/problem.ts'

export const secretHeader = 'x-telegram-bot-api-secret-token'

/** What a route says in OpenAPI that Telegram calls. */
export const telegramSecurity = [{ telegram: [] }]

/** Route middleware: only who knows the secret of the webhook, compared in a time that tells nothing of it. */
export const sentByTelegram = createMiddleware<{ Variables: { ctx: { webhookSecret: string } } }>(
  async function sentByTelegram(c, next) {
    const given = c.req.header(secretHeader)
    // Digests are of one length, whatever was sent.
    if (given === undefined || !timingSafeEqual(sha256(given), sha256(c.get('ctx').webhookSecret)))
      throw new Problem('bad_signature')
    await next()
  },
)

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
