import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { createApiClient, type Person } from '../lib/api-client.ts'
import { readKnownQueries } from '../lib/demo-catalogue.ts'
import { openDatabase } from '../lib/open-database.ts'
import { growCatalogue } from './grow-catalogue.ts'
import { quantile } from './quantile.ts'
import { startAuspex } from './systems.ts'

const films = 5_000
const warmUps = 40
const readingLimitMs = 300_000

interface RecommendFigures {
  queries: string
  count: number
  p50Ms: number
  p95Ms: number
  maxMs: number
}

/**
 * Paid searches of one caller, from his request to the answer, through the whole system with its real encoder, among the
 * demo films and others made of them.
 */
export async function benchRecommend(): Promise<RecommendFigures[]> {
  const stateDir = mkdtempSync(join(tmpdir(), 'auspex-bench-'))
  const system = await startAuspex(stateDir)
  try {
    await fill(stateDir)
    const person = await createApiClient(system.base).register(1_000)
    const times = await ask(person)
    const row = (queries: string, values: number[]) => ({
      queries,
      count: values.length,
      p50Ms: Number(quantile(values, 0.5).toFixed(1)),
      p95Ms: Number(quantile(values, 0.95).toFixed(1)),
      maxMs: Number(quantile(values, 1).toFixed(1)),
    })
    const figures = [...times].map(([kind, values]) => row(kind, values))
    figures.push(row('all', [...times.values()].flat()))
    console.table(figures)
    return figures
  } finally {
    await system.stop()
  }
}

/** By kind of query: plots of about twelve words, and titles, misspelt titles, names and quotations, which are short. */
async function ask(person: Person): Promise<Map<string, number[]>> {
  const queries = [...readKnownQueries('development'), ...readKnownQueries('development-details')]
  for (const { query } of queries.slice(0, warmUps)) await person.post('/recommend', { query })
  const times = new Map<string, number[]>()
  for (const { query, language, kind } of queries) {
    const startMs = performance.now()
    const { results } = await person.post('/recommend', { query })
    const group = `${kind === 'plot' ? 'plot' : 'short'}, ${language}`
    times.set(group, [...(times.get(group) ?? []), performance.now() - startMs])
    if (!results?.length) throw new Error(`nothing was found for ${JSON.stringify(query)}`)
  }
  return times
}

const Progress = z.tuple([z.object({ encoder_id: z.string(), unread: z.coerce.number() })])

/** The system reads its demo films itself; the others come with their vectors. */
async function fill(stateDir: string): Promise<void> {
  const { db, close } = await openDatabase(stateDir)
  const deadlineMs = performance.now() + readingLimitMs
  for (;;) {
    const { rows } = await db.execute(sql`
      select encoder_id, (select count(*) from films where not exists (
        select from film_vectors where film_vectors.film_id = films.id)) as unread
      from catalogue_encoders where catalogue = 'films' and state = 'serving'
      union all select '', 1 limit 1`)
    const [{ encoder_id, unread }] = Progress.parse(rows)
    if (unread === 0) {
      await growCatalogue(db, encoder_id, films)
      return await close()
    }
    if (performance.now() > deadlineMs) throw new Error(`the encoder has left ${unread} films unread`)
    await sleep(1_000)
  }
}
