import { fetchRealPostgres } from '#infra/local/postgres/real-postgres.ts'
import { runAll } from './lib/run.ts'

/**
 * `npm test [-- vitest arguments]`: fetches what the tests can use and this machine lacks, then checks format, lint and
 * types, and runs every test.
 */
await fetchRealPostgres().catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error)
  console.warn(`Tests on a real Postgres are skipped: ${reason}`)
})
runAll([
  ['biome', 'check', '.'],
  ['tsc', '--noEmit'],
  ['tsc', '--noEmit', '-p', 'functions/console'],
  ['vitest', 'run', ...process.argv.slice(2)],
])
