import { eq } from 'drizzle-orm'
import { accounts } from '#db/schema/wallet.ts'
import type { Context } from '#shared/context.ts'
import { NotFound } from '#shared/problem.ts'

export interface Balance {
  availableCredits: number
  heldCredits: number
}

/** @throws NotFound for a user that does not exist */
export async function readBalance({ db }: Pick<Context, 'db'>, userId: string): Promise<Balance> {
  const [account] = await db
    .select({ availableCredits: accounts.availableCredits, heldCredits: accounts.heldCredits })
    .from(accounts)
    .where(eq(accounts.userId, userId))
  if (!account) throw new NotFound('user')
  return account
}
