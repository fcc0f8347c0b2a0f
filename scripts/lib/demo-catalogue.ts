import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#db/client.ts'
import type { Encoders } from '#functions/encode/encoders.ts'
import { servingEncoder } from '#functions/movies/serving-encoder.ts'
import { textsOfFilm } from '#functions/movies/texts-of-film.ts'
import { systemClock } from '#shared/clock.ts'
import { newId } from '#shared/ids.ts'

const folder = join(import.meta.dirname, '../../models/movies')
const Film = z.object({
  title: z.string(),
  title_ru: z.string().optional(),
  year: z.number(),
  genres: z.array(z.string()),
  description: z.string(),
  description_ru: z.string().optional(),
})
type Film = z.infer<typeof Film>

const KnownQuery = z.object({
  query: z.string(),
  language: z.enum(['en', 'ru']),
  kind: z.enum(['plot', 'title', 'typo', 'name', 'quote']),
  film: z.object({ title: z.string(), year: z.number() }),
})
/** A query whose film is known. */
export type KnownQuery = z.infer<typeof KnownQuery>

/** @param name of a file in `models/movies/queries`, without its ending */
export function readKnownQueries(name: string): KnownQuery[] {
  return z.array(KnownQuery).parse(readJson('queries', `${name}.json`))
}

/** Puts the demo films into a database that has none, with vectors, past imports and queue. */
export async function storeDemoCatalogue(db: Database, encoders: Encoders): Promise<void> {
  const files = readdirSync(join(folder, 'films')).filter((name) => name.endsWith('.json'))
  const encoder = await servingEncoder({ db, clock: systemClock, encoders })
  for (const film of files.flatMap((name) => z.array(Film).parse(readJson('films', name)))) {
    const id = await storeFilm(db, film)
    const { description, description_ru = null } = film
    const texts = textsOfFilm(encoder, { description, description_ru })
    const inputs = texts.map(({ text }) => ({ text, purpose: 'document' as const }))
    const vectors = await encoders.encode(encoder.id, inputs)
    for (const [at, { language }] of texts.entries())
      await db.execute(sql`
        insert into film_vectors (film_id, encoder_id, language, text_sha256, vector)
        values (${id}, ${encoder.id}, ${language}, 'x', ${JSON.stringify(vectors[at])}::vector)`)
  }
}

async function storeFilm(db: Database, film: Film): Promise<string> {
  const { title, title_ru = null, description, description_ru = null, year, genres } = film
  const id = newId('film')
  await db.execute(sql`
    insert into films (id, title, title_ru, description, description_ru, year, genres)
    values (${id}, ${title}, ${title_ru}, ${description}, ${description_ru}, ${year},
      array(select jsonb_array_elements_text(${JSON.stringify(genres)}::jsonb)))`)
  return id
}

function readJson(...path: string[]): unknown {
  return JSON.parse(readFileSync(join(folder, ...path), 'utf8'))
}
