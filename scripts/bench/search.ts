import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { createDatabase, type Database } from '#db/client.ts'
import { migrate } from '#db/migrate.ts'
import { readCandidates, type Search } from '#functions/movies/read-candidates.ts'
import { createVectorIndex } from '#functions/movies/vector-index.ts'
import { findRealPostgres, startRealPostgres } from '#infra/local/postgres/real-postgres.ts'
import { startPostgres } from '#infra/local/postgres/start.ts'
import { readQuery } from '#models/movies/read-query.ts'

const encoder = { id: 'bench@000000000001', name: 'bench', version: '000000000001', dimensions: 384, languages: ['en'] }
const sizes = [1_000, 10_000, 100_000]
const queries = 50
const found = 10
const text = 'a keeper of a lighthouse and the storm that took a widow from the harbour'

interface SearchFigures {
  films: number
  indexSeconds: number
  p50Ms: number
  p95Ms: number
  exactP50Ms: number
  /** Of the ten nearest, how many the search has among what it places. */
  recall: number
}

/** How long the one statement of a search takes, by HTTP, and how much of what exact comparison finds it finds. */
export async function benchSearch(): Promise<SearchFigures[]> {
  const real = (await findRealPostgres()) ? await startRealPostgres() : undefined
  const postgres = await startPostgres(real ? { databaseUrl: real.url } : {})
  try {
    const db = createDatabase(postgres.connectionString, postgres.fetchEndpoint)
    await migrate(db)
    console.log(`Search on ${real ? 'a real Postgres' : 'the embedded Postgres'}: ${queries} queries, 384 dimensions`)
    const figures: SearchFigures[] = []
    for (const films of sizes) figures.push(await measure(db, films))
    console.table(figures)
    return figures
  } finally {
    await postgres.close()
    await real?.close()
  }
}

async function measure(db: Database, films: number): Promise<SearchFigures> {
  const indexSeconds = await fill(db, films)
  const times: number[] = []
  const exactTimes: number[] = []
  let hits = 0
  for (let i = 0; i < queries; i++) {
    const queryVector = await vectorNear(db, i)
    const scope = { genres: [], yearFrom: null, yearTo: null }
    const search: Search = { encoder, queryVector, text, query: readQuery(text), scope, limit: found }
    const startMs = performance.now()
    const { candidates } = await readCandidates(db, search)
    times.push(performance.now() - startMs)
    const exactMs = performance.now()
    const nearest = await exactly(db, queryVector)
    exactTimes.push(performance.now() - exactMs)
    const ids = new Set(candidates.map(({ row }) => row.id))
    hits += nearest.filter((id) => ids.has(id)).length
  }
  const at = (values: number[], share: number) =>
    values.toSorted((a, b) => a - b)[Math.floor(share * values.length)] ?? 0
  const [p50Ms, p95Ms, exactP50Ms] = [at(times, 0.5), at(times, 0.95), at(exactTimes, 0.5)].map((ms) =>
    Number(ms.toFixed(1)),
  )
  return {
    films,
    indexSeconds,
    p50Ms: p50Ms ?? 0,
    p95Ms: p95Ms ?? 0,
    exactP50Ms: exactP50Ms ?? 0,
    recall: hits / queries / found,
  }
}

/** Films about 200 subjects: vectors in clusters, as those of texts are. @returns seconds that the index took */
async function fill(db: Database, films: number): Promise<number> {
  await db.execute(sql`drop index if exists film_vectors_000000000001`)
  await db.execute(sql`delete from films`)
  await db.execute(sql`select setseed(0.5)`)
  await db.execute(sql`
    insert into films (id, title, description, year, genres)
    select 'film_' || lpad(to_hex(i), 32, '0'), 'Film ' || i,
      'The story of word' || i % 5000 || ' and word' || i % 997 || ' by the harbour of word' || i % 311
        || case when i % 50 = 0 then ' with a storm' else '' end || case when i % 400 = 0 then ' and a lighthouse' else '' end,
      1920 + i % 100, array['Drama'] from generate_series(1, ${films}::integer) as i`)
  await db.execute(sql`
    insert into film_vectors (film_id, encoder_id, language, text_sha256, vector)
    select 'film_' || lpad(to_hex(i), 32, '0'), ${encoder.id}, 'en', 'x', l2_normalize((
      select array_agg(sin((i % 200) * 37.0 * d) + 1.5 * (random() - 0.5) + 0 * i) from generate_series(1, 384) as d)::vector)
    from generate_series(1, ${films}::integer) as i`)
  const startMs = performance.now()
  const index = createVectorIndex(encoder)
  if (index) await db.execute(index)
  await db.execute(sql`analyze films`)
  await db.execute(sql`analyze film_vectors`)
  return Number(((performance.now() - startMs) / 1000).toFixed(1))
}

const Vector = z.tuple([z.object({ vector: z.string() })])

/** Of a text about one of the subjects. */
async function vectorNear(db: Database, subject: number): Promise<number[]> {
  const { rows } = await db.execute(sql`
    select l2_normalize(array_agg(sin(${subject}::float8 * 37.0 * d) + 1.5 * (random() - 0.5))::vector)::text as vector
    from generate_series(1, 384) as d`)
  return z.array(z.number()).parse(JSON.parse(Vector.parse(rows)[0].vector))
}

async function exactly(db: Database, queryVector: readonly number[]): Promise<string[]> {
  const { rows } = await db.execute(sql`
    select film_id from film_vectors order by vector <=> ${JSON.stringify(queryVector)}::vector limit ${found}`)
  return z
    .array(z.object({ film_id: z.string() }))
    .parse(rows)
    .map(({ film_id }) => film_id)
}
