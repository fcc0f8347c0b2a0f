import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type Database } from '#db/client.ts'
import { migrate } from '#db/migrate.ts'
import { verifyPassword } from '#functions/auth/password.ts'
import { type LocalPostgres, startPostgres } from '#infra/local/postgres/start.ts'
import { createDemoAccounts, demoPassword } from './demo-accounts.ts'

const pepper = 'a pepper of at least thirty-two characters'
let postgres: LocalPostgres
let db: Database

beforeAll(async () => {
  postgres = await startPostgres()
  db = createDatabase(postgres.connectionString, postgres.fetchEndpoint)
  await migrate(db)
})
afterAll(() => postgres.close())

function create(kind: 'embedded' | 'neon') {
  const settings = { database: kind === 'embedded' ? { kind } : { kind, values: {} }, overrides: {} }
  const embedded = { kind: 'embedded' as const }
  const services = { redis: embedded, queue: embedded, telegram: embedded }
  return createDemoAccounts({
    db,
    env: { PASSWORD_PEPPER: pepper },
    settings: { ...settings, ...services },
    step: (_name, work) => work(),
  })
}

async function accounts() {
  const { rows } = await db.execute<{ email: string; role: string; password_hash: string; credits: string }>(sql`
    select email, role, password_hash, available_credits as credits from users join accounts on user_id = users.id
    order by email`)
  return rows
}

test('a database elsewhere is given no account whose password everybody knows', async () => {
  const before = await accounts()
  await create('neon')
  expect(await accounts()).toEqual(before)
})

test('the demo accounts are made and funded once, also after a start that was cut short', async () => {
  await db.execute(
    sql`insert into users (id, email, name, password_hash, role) values ('u', 'user@demo.local', 'x', 'x', 'user')`,
  )
  await db.execute(sql`insert into accounts (user_id) values ('u')`)
  await create('embedded')
  await create('embedded')
  const made = await accounts()
  expect(made.map(({ email, role, credits }) => [email, role, Number(credits)])).toEqual([
    ['admin@demo.local', 'admin', 1000],
    ['expert@demo.local', 'expert', 1000],
    ['user@demo.local', 'user', 1000],
  ])
  expect(await verifyPassword(demoPassword, pepper, made[0]?.password_hash ?? '')).toBe(true)
})
