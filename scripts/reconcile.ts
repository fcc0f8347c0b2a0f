import { type Reconciliation, reconcile } from '#functions/balance/reconcile.ts'
import { openDatabase } from './lib/open-database.ts'

/**
 * `npm run reconcile`: proves the invariants of money and jobs on the database that the environment names, else on the
 * one that runs here, else on the one that `npm start` left. Changes nothing.
 *
 * AUSPEX_STATE_DIR names the state folder, as for `npm start`. Exit code 0: sound; 1: at least one violation; 2: the
 * database could not be read.
 */
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
  const { db, close } = await openDatabase()
  try {
    const report = await reconcile({ db })
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
