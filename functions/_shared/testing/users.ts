import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { createUser } from '#functions/auth/create-user.ts'
import { createTokenIssuer } from '#functions/auth/tokens.ts'
import { fundAccount } from '#functions/balance/fund-account.ts'
import { readBalance } from '#functions/balance/read-balance.ts'
import type { Role, UserActor } from '../actor.ts'
import { systemClock } from '../clock.ts'
import type { Context, UserContext } from '../context.ts'
import { newId } from '../ids.ts'
import { noMetrics } from '../metrics.ts'
import { newRequestId } from '../request-id.ts'
import { publicUrl, silentLog, testBindings, testDatabase } from './world.ts'

/** A context for verbs, with the real database; deferred work is awaited by nobody but may not fail unseen. */
export function testContext(): Context {
  return {
    db: testDatabase(),
    actor: { kind: 'system' },
    clock: systemClock,
    log: silentLog,
    metrics: noMetrics,
    requestId: newRequestId(),
    defer: (work) => {
      work.catch((error: unknown) => {
        throw error
      })
    },
  }
}

/** A user of this test's own, with a wallet, a context to act in and a token to call with. */
export async function givenUser({ credits = 0, role = 'user' }: { credits?: number; role?: Role } = {}) {
  const base = testContext()
  const email = `${newId('user')}@example.com`
  const userId = await createUser(base, { email, name: 'Test', passwordHash: 'none', role })
  if (credits > 0) await fundAccount(base, userId, { newAmountCredits: credits })
  const actor: UserActor = { kind: 'user', userId, role, via: 'token' }
  const ctx: UserContext = { ...base, actor }
  return {
    userId,
    email,
    ctx,
    token: () => tokenFor({ id: userId, role }),
    balance: async () => (await readBalance(ctx, userId)).availableCredits,
    held: async () => (await readBalance(ctx, userId)).heldCredits,
    jobs: () =>
      rowsOf(
        ctx,
        z.object({ id: z.string(), status: z.string() }),
        sql`select id, status from jobs where user_id = ${userId}`,
      ),
  }
}

export type TestUser = Awaited<ReturnType<typeof givenUser>>

async function rowsOf<S extends z.ZodType>(
  { db }: Context,
  schema: S,
  query: ReturnType<typeof sql>,
): Promise<z.infer<S>[]> {
  const { rows } = await db.execute(query)
  return z.array(schema).parse(rows)
}

async function tokenFor(user: { id: string; role: Role }) {
  const key = z.record(z.string(), z.string()).parse(JSON.parse(testBindings().JWT_PRIVATE_KEY))
  return createTokenIssuer({ ...key, kty: 'OKP' }, publicUrl, systemClock).issue(user, systemClock.now())
}
