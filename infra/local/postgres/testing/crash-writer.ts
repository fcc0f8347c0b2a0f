import { writeSync } from 'node:fs'
import { neon, neonConfig } from '@neondatabase/serverless'
import { startPostgres } from '../start.ts'

// Commits pairs (one row in each of two tables) until it is killed, and says the number of each commit that was answered.
const dataDir = process.argv[2]
if (!dataDir) throw new Error('usage: crash-writer.ts FOLDER')
const postgres = await startPostgres({ dataDir })
await postgres.exec(
  'create table if not exists lefts (n int primary key); create table if not exists rights (n int primary key)',
)
neonConfig.fetchEndpoint = postgres.fetchEndpoint
const sql = neon(postgres.connectionString)
const [last] = await sql`select coalesce(max(n), 0) as n from lefts`
for (let n = Number(last?.n) + 1; ; n++) {
  await sql.transaction([sql`insert into lefts values (${n})`, sql`insert into rights values (${n})`])
  writeSync(1, `${n}\n`)
}
