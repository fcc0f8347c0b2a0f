import { neon, neonConfig } from '@neondatabase/serverless'
import { findRealPostgres, startRealPostgres } from './real-postgres.ts'
import { type LocalPostgres, startPostgres } from './start.ts'

const durationMs = 2000

async function ratePerSecond(concurrency: number, work: (i: number) => Promise<unknown>): Promise<number> {
  let done = 0
  let i = 0
  const run = async (untilMs: number) => {
    while (performance.now() < untilMs) {
      await work(i++)
      done++
    }
  }
  const forMs = (ms: number) => Promise.all(Array.from({ length: concurrency }, () => run(performance.now() + ms)))
  await forMs(durationMs / 4)
  done = 0
  const start = performance.now()
  await forMs(durationMs)
  return done / ((performance.now() - start) / 1000)
}

async function measure(label: string, postgres: LocalPostgres) {
  await postgres.exec(`
    create table items (id int primary key, name text not null, detail jsonb not null, changed_at timestamptz not null default now());
    create table entries (id bigserial primary key, item_id int not null references items, amount int not null);
    insert into items select i, 'item ' || i, '{"colour":"red"}' from generate_series(0, 999) i`)
  neonConfig.fetchEndpoint = postgres.fetchEndpoint
  const sql = neon(postgres.connectionString)
  const select = (i: number) => sql`select id, name, detail, changed_at from items where id = ${i % 1000}`
  const transaction = (i: number) =>
    sql.transaction([
      sql`update items set changed_at = now() where id = ${i % 1000}`,
      sql`insert into entries (item_id, amount) values (${i % 1000}, ${i})`,
      sql`select count(*) from items where id < ${10}`,
    ])
  for (const [what, work] of [
    ['select', select],
    ['3-statement transaction', transaction],
  ] as const) {
    for (const concurrency of [1, 16]) {
      const cpuBefore = process.cpuUsage()
      const start = performance.now()
      const rate = await ratePerSecond(concurrency, work)
      const cpu = process.cpuUsage(cpuBefore)
      const cores = (cpu.user + cpu.system) / 1000 / (performance.now() - start)
      console.log(
        `${label}\t${what}\tc=${concurrency}\t${rate.toFixed(0)}/s\t${cores.toFixed(2)} cores (client included)`,
      )
    }
  }
}

async function measureAndClose(label: string, starting: Promise<LocalPostgres>) {
  const postgres = await starting
  try {
    await measure(label, postgres)
  } finally {
    await postgres.close()
  }
}

await measureAndClose('embedded', startPostgres())
if (await findRealPostgres()) {
  const real = await startRealPostgres()
  try {
    await measureAndClose('real', startPostgres({ databaseUrl: real.url }))
  } finally {
    await real.close()
  }
} else {
  console.log('real\tskipped: no PostgreSQL binaries here')
}
