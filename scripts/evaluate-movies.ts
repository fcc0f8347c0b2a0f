import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { createDatabase } from '#db/client.ts'
import { migrate } from '#db/migrate.ts'
import { findFilms } from '#functions/movies/find-films.ts'
import { servingEncoder } from '#functions/movies/serving-encoder.ts'
import { buildEncoders } from '#infra/encoders/build-encoders.ts'
import { startPostgres } from '#infra/local/postgres/start.ts'
import { gloss } from '#models/movies/gloss.ts'
import { systemClock } from '#shared/clock.ts'
import { noMetrics } from '#shared/metrics.ts'
import { openCachedEncoder } from './lib/cached-encoder.ts'
import { type KnownQuery, readKnownQueries, storeDemoCatalogue } from './lib/demo-catalogue.ts'

/**
 * `npm run evaluate [-- SET ...] [--misses]`: how well films of the demo catalogue are found, by queries whose film is
 * known. The rules of ranking were tuned on `development`, `development-details` and `unlike-words`; on `held-out` and `fresh` none.
 */
const allSets = ['development', 'development-details', 'unlike-words', 'held-out', 'fresh']
const depth = 50
const everything = { genres: [], yearFrom: null, yearTo: null }

const words = process.argv.slice(2)
const sets = words.filter((word) => !word.startsWith('--'))
const encoders = await openCachedEncoder()
await buildEncoders({ tell: (line) => console.error(line) })
const postgres = await startPostgres()
const db = createDatabase(postgres.connectionString, postgres.fetchEndpoint)
const ctx = { db, clock: systemClock, metrics: noMetrics, encoders }
type Search = (query: KnownQuery) => Promise<string[]>

const keyOf = ({ title, year }: { title: string; year: number }) => `${title} (${year})`
const Named = z.array(z.object({ title: z.string(), year: z.coerce.number() }))

/** Keys of films, best first, by each way of looking. */
const searches: Record<string, Search> = {
  async lexical({ query }) {
    const { rows } = await db.execute(sql`
      with asked as (
        select string_agg(plainto_tsquery('simple', stem)::text, ' | ')::tsquery as any_of
        from unnest(tsvector_to_array(to_tsvector('russian', ${query}))) as stem
      )
      select title, year from films, asked where words @@ any_of order by ts_rank_cd(words, any_of) desc limit ${depth}`)
    return Named.parse(rows).map(keyOf)
  },
  async vector({ query, language }) {
    const encoder = await servingEncoder(ctx)
    const [vector] = await encoders.encode(encoder.id, [
      { text: language === 'ru' ? gloss(query) : query, purpose: 'query' },
    ])
    const { rows } = await db.execute(sql`
      select title, year from film_vectors join films on films.id = film_id
      order by vector <=> ${JSON.stringify(vector)}::vector limit ${depth}`)
    return Named.parse(rows).map(keyOf)
  },
  async joined({ query }) {
    const { films } = await findFilms(ctx, { query, scope: everything, limit: depth })
    return films.map(keyOf)
  },
}

async function evaluate(name: string) {
  const queries = readKnownQueries(name)
  const places = new Map<string, number[]>()
  const isShown = words.includes('--misses')
  for (const query of queries) {
    for (const [way, search] of Object.entries(searches)) {
      const found = await search(query)
      const place = found.indexOf(keyOf(query.film)) + 1
      for (const group of [
        `${query.language} ${query.kind}`,
        ...(query.kind === 'plot' ? [] : [`${query.language} navigational`]),
      ])
        places.set(`${group} ${way}`, [...(places.get(`${group} ${way}`) ?? []), place])
      if (isShown && way === 'joined' && place !== 1)
        console.log(`${query.language} ${query.kind} ${place}: ${query.query} -> ${found[0]}, not ${keyOf(query.film)}`)
    }
  }
  console.log(`\n${name}: ${queries.length} queries`)
  for (const [group, ranks] of [...places].sort(([a], [b]) => a.localeCompare(b))) {
    const share = (isGood: (rank: number) => boolean) => ranks.filter(isGood).length / ranks.length
    const mrr = ranks.reduce((sum, rank) => sum + (rank > 0 ? 1 / rank : 0), 0) / ranks.length
    const figures = [mrr, share((rank) => rank === 1), share((rank) => rank > 0 && rank <= 10)]
    console.log(
      group.padEnd(28),
      String(ranks.length).padStart(4),
      ...figures.map((figure) => figure.toFixed(3).padStart(8)),
    )
  }
}

try {
  await migrate(db)
  await storeDemoCatalogue(db, encoders)
  for (const name of sets.length > 0 ? sets : allSets) await evaluate(name)
} finally {
  await encoders.save()
  await postgres.close()
}
