import { createRoute, z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { secured } from '#shared/identity.ts'
import { problems } from '#shared/problem.ts'
import type { BotApp } from './services.ts'

const Linked = z.object({ people: z.coerce.number(), linked_at: z.coerce.date().nullable() })

const getLink = createRoute({
  operationId: 'getLink',
  method: 'get',
  path: '/bot/link',
  tags: ['Bot'],
  summary: 'Whether this account is linked with Telegram',
  ...secured(),
  responses: {
    200: {
      description: 'How many people in Telegram use this account, and since when the latest does',
      content: {
        'application/json': {
          schema: z.object({ people: z.number().int(), linked_at: z.iso.datetime().nullable() }),
        },
      },
    },
    ...problems(401),
  },
})

export function registerGetLink(app: BotApp) {
  app.openapi(getLink, async (c) => {
    const { db, actor } = c.get('ctx')
    const { rows } = await db.execute(
      sql`select count(*) as people, max(linked_at) as linked_at from telegram_accounts where user_id = ${actor.userId}`,
    )
    const { people, linked_at } = Linked.parse(rows[0])
    return c.json({ people, linked_at: linked_at?.toISOString() ?? null }, 200)
  })
}
