import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createDatabase } from '#db/client.ts'
import { type Reconciliation, reconcile } from '#functions/balance/reconcile.ts'
import { findRunning } from '#infra/local/running.ts'
import { type LocalService, startDatabase } from '#infra/local/services.ts'
import { readSettings } from '#infra/local/settings.ts'

/**
 * `npm run reconcile`: proves the invariants of money and jobs on the database that the environment names, else on the
 * one that runs here, else on the one that `npm start` left. Changes nothing.
 *
 * AUSPEX_STATE_DIR names the state folder, as for `npm start`. Exit code 0: sound; 1: at least one violation; 2: the
 * database could not be read.
 */
const stateDir = process.env.AUSPEX_STATE_DIR || join(import.meta.dirname, '..', '.auspex')

async function openDatabase(): Promise<LocalService> {
  const { database } = readSettings(process.env)
  if (database.kind !== 'embedded') return startDatabase(database, stateDir)
  // To look for who runs leaves a trace where nothing ever ran.
  const running = existsSync(stateDir) ? findRunning(stateDir) : undefined
  if (running) {
    const { DATABASE_URL, NEON_FETCH_ENDPOINT } = running.database
    const values = { DATABASE_URL, ...(NEON_FETCH_ENDPOINT && { NEON_FETCH_ENDPOINT }) }
    return { values, close: async () => {} }
  }
  if (existsSync(join(stateDir, 'postgres'))) return startDatabase(database, stateDir)
  throw new Error('There is no database yet: run `npm start`, or set DATABASE_URL')
}

function describe({ accounts, entries, jobs, violations, ...credits }: Reconciliation): string {
  const { funded, available, held, revenue } = credits
  const lines = [
    `${accounts} wallets, ${entries} ledger entries, ${jobs} jobs`,
    `${funded} credits came in: ${available} available, ${held} held by open jobs, ${revenue} earned`,
    ...violations.map(({ rule, user_id, job_id, detail }) =>
      ['VIOLATION', rule, user_id, job_id, detail].filter((part) => part !== null).join('  '),
    ),
    violations.length === 0 ? 'Everything agrees.' : `${violations.length} violations.`,
  ]
  return lines.join('\n')
}

async function main(): Promise<number> {
  const { values, close } = await openDatabase()
  try {
    const report = await reconcile({ db: createDatabase(values.DATABASE_URL ?? '', values.NEON_FETCH_ENDPOINT) })
    console.log(describe(report))
    return report.violations.length === 0 ? 0 : 1
  } finally {
    await close()
  }
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(`The database could not be read: ${reasonOf(error)}`)
  return 2
})

/** What the database said, without the statement that it said it to. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message
}
