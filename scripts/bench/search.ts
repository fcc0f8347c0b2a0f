import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { createDatabase, type Database } from '#db/client.ts'
import { migrate } from '#db/migrate.ts'
import type { FilmScope } from '#functions/movies/film-filters.ts'
import { findByWords } from '#functions/movies/find-by-words.ts'
import { readCandidates } from '#functions/movies/read-candidates.ts'
import { createVectorIndex, dropVectorIndex } from '#functions/movies/vector-index.ts'
import { findRealPostgres, startRealPostgres } from '#infra/local/postgres/real-postgres.ts'
import { startPostgres } from '#infra/local/postgres/start.ts'
import type { EncoderDescription } from '#models/_encoders/manifest.ts'
import { gloss } from '#models/movies/gloss.ts'
import { readQuery } from '#models/movies/read-query.ts'
import { openCachedEncoder } from '../lib/cached-encoder.ts'
import { type KnownQuery, readKnownQueries, storeDemoCatalogue } from '../lib/demo-catalogue.ts'
import { growCatalogue } from './grow-catalogue.ts'
import { quantile } from './quantile.ts'

const sizes = [1_000, 10_000, 100_000]
const found = 10
const everything: FilmScope = { genres: [], yearFrom: null, yearTo: null }
/** An eighth of the films. */
const someFilms: FilmScope = { genres: ['Comedy', 'War'], yearFrom: 1950, yearTo: 1980 }

interface SearchFigures {
  films: number
  indexSeconds: number
  /** By words, while the encoder works. */
  wordsP50Ms: number
  wordsP95Ms: number
  /** By meaning, with the texts of all candidates. */
  nearP50Ms: number
  nearP95Ms: number
  bothP50Ms: number
  bothP95Ms: number
  filteredP50Ms: number
  /** The ten nearest by comparison with every vector. */
  exactP50Ms: number
  /** Of those, how many the search has among what it places. */
  recall: number
  /** Fewest films that a search with filters placed. */
  fewestFiltered: number
}

interface AskedQuery extends KnownQuery {
  vector: number[]
}

/** How long a search takes without the encoder, by HTTP, and how much of what exact comparison finds it finds. */
export async function benchSearch(): Promise<SearchFigures[]> {
  const real = (await findRealPostgres()) ? await startRealPostgres() : undefined
  const postgres = await startPostgres(real ? { databaseUrl: real.url } : {})
  const encoders = await openCachedEncoder()
  try {
    const db = createDatabase(postgres.connectionString, postgres.fetchEndpoint)
    await migrate(db)
    await storeDemoCatalogue(db, encoders)
    const [encoder] = await encoders.list()
    if (!encoder) throw new Error('there is no encoder')
    const queries: AskedQuery[] = []
    for (const query of readKnownQueries('development')) queries.push({ ...query, vector: await encode(query) })
    console.log(`Search on ${real ? 'a real Postgres' : 'the embedded Postgres'}: ${queries.length} queries`)
    const figures: SearchFigures[] = []
    for (const films of sizes) {
      const indexSeconds = await grow(db, encoder, films)
      figures.push({ films, indexSeconds, ...(await measure(db, encoder, queries)) })
      console.log(JSON.stringify(figures.at(-1)))
    }
    console.table(figures)
    return figures
  } finally {
    await encoders.save()
    await postgres.close()
    await real?.close()
  }

  async function encode({ query, language }: KnownQuery): Promise<number[]> {
    const text = language === 'ru' ? gloss(query) : query
    const [vector = []] = await encoders.encode('', [{ text, purpose: 'query' }])
    return vector
  }
}

/** @returns seconds that the index of vectors took */
async function grow(db: Database, encoder: EncoderDescription, films: number): Promise<number> {
  await db.execute(dropVectorIndex(encoder.id))
  await growCatalogue(db, encoder.id, films)
  const startMs = performance.now()
  const index = createVectorIndex(encoder)
  if (index) await db.batch([db.execute(sql`set local maintenance_work_mem = '512MB'`), db.execute(index)])
  return Number(((performance.now() - startMs) / 1000).toFixed(1))
}

async function measure(db: Database, encoder: EncoderDescription, queries: readonly AskedQuery[]) {
  const times = { words: [], near: [], both: [], filtered: [], exact: [] } as Record<string, number[]>
  const time = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const startMs = performance.now()
    const result = await work()
    times[name]?.push(performance.now() - startMs)
    return result
  }
  const search = async ({ query: text, vector: queryVector }: AskedQuery, scope: FilmScope, isTimed: boolean) => {
    const wording = { text, query: readQuery(text), scope }
    const byWords = await time(isTimed ? 'words' : '', () => findByWords(db, wording))
    const further = { ...wording, encoder, queryVector, byWords, limit: found }
    return await time(isTimed ? 'near' : '', () => readCandidates(db, further))
  }
  for (const query of queries.slice(0, 20)) await search(query, everything, false)
  let hits = 0
  let fewestFiltered = Number.POSITIVE_INFINITY
  for (const query of queries) {
    const candidates = await time('both', () => search(query, everything, true))
    const nearest = await time('exact', () => exactly(db, query.vector))
    const ids = new Set(candidates.map(({ row }) => row.id))
    hits += nearest.filter((id) => ids.has(id)).length
    const filtered = await time('filtered', () => search(query, someFilms, false))
    fewestFiltered = Math.min(fewestFiltered, filtered.length)
  }
  const at = (name: string, share: number) => Number(quantile(times[name] ?? [], share).toFixed(1))
  return {
    wordsP50Ms: at('words', 0.5),
    wordsP95Ms: at('words', 0.95),
    nearP50Ms: at('near', 0.5),
    nearP95Ms: at('near', 0.95),
    bothP50Ms: at('both', 0.5),
    bothP95Ms: at('both', 0.95),
    filteredP50Ms: at('filtered', 0.5),
    exactP50Ms: at('exact', 0.5),
    recall: Number((hits / queries.length / found).toFixed(3)),
    fewestFiltered,
  }
}

const Found = z.array(z.object({ film_id: z.string() }))

/** Every vector is compared: the index is of one encoder's, and this does not say whose it wants. */
async function exactly(db: Database, queryVector: readonly number[]): Promise<string[]> {
  const { rows } = await db.execute(sql`
    select film_id from film_vectors order by vector <=> ${JSON.stringify(queryVector)}::vector limit ${found}`)
  return Found.parse(rows).map(({ film_id }) => film_id)
}
