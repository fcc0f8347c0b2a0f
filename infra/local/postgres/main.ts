import { parseArgs } from 'node:util'
import { z } from 'zod'
import { startPostgres } from './start.ts'

const help = `Postgres as the Neon HTTP driver expects it.

  node infra/local/postgres/main.ts [--port 5480] [--data FOLDER]

--data keeps the database in a folder; without it, it lives in memory. DATABASE_URL=postgres://... serves a real Postgres.`

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    data: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) {
  console.log(help)
} else {
  const port = z.coerce.number().int().min(0).max(65_535).parse(values.port)
  const databaseUrl = z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .parse(process.env.DATABASE_URL || undefined)
  const postgres = await startPostgres({ port, dataDir: values.data, databaseUrl })
  console.log(`${postgres.fetchEndpoint}\n${postgres.connectionString}`)
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void postgres.close())
}
