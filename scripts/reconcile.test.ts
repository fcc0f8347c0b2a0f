import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '#db/client.ts'
import { migrate } from '#db/migrate.ts'
import { type LocalPostgres, startPostgres } from '#infra/local/postgres/start.ts'

let postgres: LocalPostgres
beforeAll(async () => {
  postgres = await startPostgres()
  await migrate(createDatabase(postgres.connectionString, postgres.fetchEndpoint))
  await postgres.exec(`
    insert into users (id, email, name, password_hash) values ('user_1', 'one@example.com', '', '');
    insert into accounts (user_id, available_credits) values ('user_1', 5);
    insert into ledger_entries (user_id, kind, amount_credits, actor_id) values ('user_1', 'top_up', 5, 'system')`)
})
afterAll(() => postgres.close())

function runReconcile(environment: Record<string, string>): Promise<{ code: number | string; output: string }> {
  const arguments_ = ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'reconcile.ts')]
  return new Promise((resolve) => {
    execFile(process.execPath, arguments_, { env: environment }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, output: stdout + stderr }),
    )
  })
}

test('the command says that a sound database is sound, and names what is wrong with another by its exit code', async () => {
  const environment = { DATABASE_URL: postgres.connectionString, NEON_FETCH_ENDPOINT: postgres.fetchEndpoint }
  const sound = await runReconcile(environment)
  expect(sound).toEqual({ code: 0, output: expect.stringContaining('1 wallets, 1 ledger entries, 0 jobs') })
  await postgres.exec(`update accounts set available_credits = 6`)
  const broken = await runReconcile(environment)
  expect(broken).toEqual({
    code: 1,
    output: expect.stringMatching(/VIOLATION {2}available_is_the_ledger {2}user_1 {2}.*says 6, .*sum to 5/),
  })
})

test('a database that cannot be reached, or is not there, is no sound one', async () => {
  const unreachable = await runReconcile({
    DATABASE_URL: 'postgres://nobody:none@127.0.0.1/none',
    NEON_FETCH_ENDPOINT: 'http://127.0.0.1:1/sql',
  })
  expect(unreachable).toEqual({ code: 2, output: expect.stringContaining('could not be read') })
  const nowhere = await runReconcile({ AUSPEX_STATE_DIR: join(import.meta.dirname, 'nothing-here') })
  expect(nowhere).toEqual({ code: 2, output: expect.stringContaining('There is no database yet') })
})
