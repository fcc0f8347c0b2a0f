import type { PGliteSession } from './pglite-session.ts'

const mostWorn = `
  select format('%I.%I', schemaname, relname) from pg_stat_user_tables
  where n_dead_tup > 50 + n_live_tup / 5 or n_mod_since_analyze > 50 + n_live_tup / 10
  order by n_dead_tup + n_mod_since_analyze desc limit 1`

/**
 * Does for one table, the one that needs it most, what the autovacuum of a server does for all: without it tables grow with
 * every update and the planner guesses. Takes tens of milliseconds for a table of thousands of rows; nothing else runs then.
 *
 * @returns name of the table; undefined when none needed it by the thresholds that a server has by default
 */
export function tidyOneTable(session: PGliteSession): string | undefined {
  const [result] = session.run([{ query: mostWorn, params: [] }], undefined)
  const table = result?.rows[0]?.[0] ?? undefined
  if (table !== undefined) session.exec(`vacuum (analyze) ${table}`)
  return table
}
