import { createDatabase } from '#db/client.ts'
import { migrate } from '#db/migrate.ts'
import { createEncoders } from '#functions/encode/encoders.ts'
import { wordEncoder, wordEncoders } from '#functions/encode/testing/word-encoders.ts'
import { acceptImport } from '#functions/movies/accept-import.ts'
import { addEncoder } from '#functions/movies/add-encoder.ts'
import { embedBatch } from '#functions/movies/embed-batch.ts'
import { storeFilms } from '#functions/movies/store-films.ts'
import { syntheticFilms } from '#functions/movies/testing/synthetic-films.ts'
import { startPostgres } from '#infra/local/postgres/start.ts'

const count = 2_000
const batchSize = 100

/** Films through the database alone, films/s: no queue, no Worker, and an encoder that takes next to no time. */
export async function measurePipeline() {
  const postgres = await startPostgres()
  const db = createDatabase(postgres.connectionString, postgres.fetchEndpoint)
  await migrate(db)
  const ctx = { db, actor: { kind: 'system' as const }, log: () => {} }
  await addEncoder(ctx, wordEncoder, 'serving')
  const films = syntheticFilms(count, 1).map((record, position) => ({ position, record }))
  let importId = ''
  const accepted = await rate(async () => {
    importId = (await acceptImport(ctx, { films, rejected: [], source: 'bench' })).importId
  })
  const stored = await rate(async () => {
    while ((await storeFilms(ctx, importId, batchSize)) > 0);
  })
  const encoding = { ...ctx, encoders: createEncoders(wordEncoders()) }
  const embedded = await rate(async () => {
    while ((await embedBatch(encoding, wordEncoder)).kind === 'embedded');
  })
  await postgres.close()
  return { accepted, stored, embedded }
}

async function rate(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now()
  await work()
  return Math.round((count * 1000) / (performance.now() - startedMs))
}
