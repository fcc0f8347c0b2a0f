import { createRoute, z } from '@hono/zod-openapi'
import { eq } from 'drizzle-orm'
import { users } from '#db/schema/users.ts'
import { accounts } from '#db/schema/wallet.ts'
import { readTaste, Taste } from '#functions/movies/read-taste.ts'
import { secured } from '#shared/identity.ts'
import { Problem, problems } from '#shared/problem.ts'
import type { AuthApp } from './services.ts'
import { toUserView, UserView } from './user-view.ts'

const Profile = UserView.extend({
  balance: z.number().int().openapi({ description: 'Credits that can be spent' }),
  held: z.number().int().openapi({ description: 'Credits reserved by open jobs' }),
  user_id: z.string(),
  searches: z.number().int().openapi({ description: 'For films' }),
  favourite_genres: Taste.shape.genres,
  likes: z.number().int(),
  dislikes: z.number().int(),
})

const getProfile = createRoute({
  operationId: 'getProfile',
  method: 'get',
  path: '/users/profile',
  tags: ['Accounts'],
  summary: 'Who you are and what you have',
  ...secured(),
  responses: { 200: { description: 'You', content: { 'application/json': { schema: Profile } } }, ...problems(401) },
})

export function registerGetProfile(app: AuthApp) {
  app.openapi(getProfile, async (c) => {
    const ctx = c.get('ctx')
    const [[row], taste] = await Promise.all([
      ctx.db
        .select()
        .from(users)
        .innerJoin(accounts, eq(accounts.userId, users.id))
        .where(eq(users.id, ctx.actor.userId)),
      readTaste(ctx),
    ])
    if (!row) throw new Problem('unauthenticated', { detail: 'This account no longer exists' })
    const { availableCredits: balance, heldCredits: held } = row.accounts
    const { genres: favourite_genres, searches, likes, dislikes } = taste
    const user = toUserView(row.users)
    return c.json({ ...user, balance, held, user_id: user.id, searches, favourite_genres, likes, dislikes }, 200)
  })
}
