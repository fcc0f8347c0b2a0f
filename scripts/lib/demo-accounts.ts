import { sql } from 'drizzle-orm'
import { createUser } from '#functions/auth/create-user.ts'
import { hashPassword } from '#functions/auth/password.ts'
import { fundAccount } from '#functions/balance/fund-account.ts'
import type { Seeding } from '#infra/local/embedded.ts'
import type { Role } from '#shared/actor.ts'

export const demoPassword = 'auspex-demo-1'
export const demoCredits = 1_000

export const demoAccounts = [
  { email: 'user@demo.local', name: 'Demo user', role: 'user' },
  { email: 'expert@demo.local', name: 'Demo expert', role: 'expert' },
  { email: 'admin@demo.local', name: 'Demo admin', role: 'admin' },
] as const satisfies readonly { email: string; name: string; role: Role }[]

/** Accounts with a password that everybody knows: for the embedded database only, which nobody else can reach. */
export async function createDemoAccounts({ db, env, settings, step }: Seeding) {
  if (settings.database.kind !== 'embedded') return
  const { rows } = await db.execute<{ email: string }>(sql`
    select email from users join ledger_entries on user_id = users.id and idempotency_key = ${funding.key}`)
  const missing = demoAccounts.filter(({ email }) => !rows.some((row) => row.email === email))
  if (missing.length === 0) return
  await step('Demo accounts', async () => {
    const pepper = env.PASSWORD_PEPPER ?? ''
    for (const account of missing) await createDemoAccount(db, pepper, account)
  })
}

/** With a key, so that a start which was interrupted here neither pays twice nor not at all. */
const funding = { key: 'demo-credits', requestHash: 'demo-credits' }

async function createDemoAccount(db: Seeding['db'], pepper: string, account: (typeof demoAccounts)[number]) {
  const { rows } = await db.execute<{ id: string }>(sql`select id from users where email = ${account.email}`)
  const passwordHash = await hashPassword(demoPassword, pepper)
  const userId = rows[0]?.id ?? (await createUser({ db }, { ...account, passwordHash }))
  await fundAccount({ db, actor: { kind: 'system' } }, userId, { addedCredits: demoCredits }, funding)
}
