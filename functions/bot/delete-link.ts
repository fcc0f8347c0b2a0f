import { createRoute } from '@hono/zod-openapi'
import { secured } from '#shared/identity.ts'
import { problems } from '#shared/problem.ts'
import type { BotApp } from './services.ts'
import { unlinkAccount } from './unlink.ts'

const deleteLink = createRoute({
  operationId: 'deleteLink',
  method: 'delete',
  path: '/bot/link',
  tags: ['Bot'],
  summary: 'Part this account from Telegram',
  description: 'Whoever is linked with it can no longer spend its credits or see what is its own.',
  ...secured(),
  responses: { 204: { description: 'Not linked, now or before' }, ...problems(401) },
})

export function registerDeleteLink(app: BotApp) {
  app.openapi(deleteLink, async (c) => {
    const ctx = c.get('ctx')
    await unlinkAccount(ctx, ctx.actor.userId)
    ctx.log('info', 'telegram_unlinked', { user_id: ctx.actor.userId })
    return c.body(null, 204)
  })
}
