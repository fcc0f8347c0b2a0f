import { createRoute, z } from '@hono/zod-openapi'
import { bearer, signedIn } from '#shared/identity.ts'
import { limited } from '#shared/limited.ts'
import { problems } from '#shared/problem.ts'
import { makeLinkCode } from './make-link-code.ts'
import type { BotApp } from './services.ts'

const codes = { limit: 600, windowMs: 600_000, leaseSize: 50 }

const createLinkCode = createRoute({
  operationId: 'createLinkCode',
  method: 'post',
  path: '/bot/link_codes',
  tags: ['Bot'],
  summary: 'Get a one-time code that links your Telegram with this account',
  description: 'Send it to the bot as `/link CODE`, or open `bot_url`. It replaces the code that you had before.',
  security: bearer,
  middleware: [signedIn(), limited('link_codes', codes)] as const,
  responses: {
    201: {
      description: 'Good for ten minutes, once',
      content: {
        'application/json': {
          schema: z.object({
            code: z.string().openapi({ example: '7K3WZ9QD' }),
            expires_at: z.iso.datetime(),
            bot_url: z
              .url()
              .nullable()
              .openapi({ description: 'Opens the chat with the code; null if the bot has no name' }),
          }),
        },
      },
    },
    ...problems(401, 429, 503),
  },
})

export function registerCreateLinkCode(app: BotApp) {
  app.openapi(createLinkCode, async (c) => {
    const ctx = c.get('ctx')
    const { code, expiresAt } = await makeLinkCode(ctx)
    const bot_url = ctx.chatUrl && `${ctx.chatUrl}?start=link_${code}`
    return c.json({ code, expires_at: expiresAt.toISOString(), bot_url }, 201)
  })
}
