import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { acceptImport } from '#functions/movies/accept-import.ts'
import { readFilmRecords } from '#functions/movies/read-film-records.ts'
import { storeFilms } from '#functions/movies/store-films.ts'
import type { Seeding } from '#infra/local/embedded.ts'

const folder = join(import.meta.dirname, '../../../models/movies/films')

/** Enough to find, browse and recommend, and few enough for an encoder to read while the first pages are looked at. */
const titles = [
  'Alien',
  'Amélie',
  'Casablanca',
  'Inception',
  'Jaws',
  'Metropolis',
  'Psycho',
  'Solaris',
  'Some Like It Hot',
  'Spirited Away',
  'The Godfather',
  'The Matrix',
  'The Seventh Seal',
  'WALL-E',
]

/** Takes in a few films of the demo catalogue. They are read by the encoder when the functions run. */
export async function seedSomeFilms({ db }: Pick<Seeding, 'db'>): Promise<void> {
  const { films } = readFilmRecords(readdirSync(folder).flatMap((name) => readList(join(folder, name))))
  const some = films.filter(({ record }) => titles.includes(record.title))
  const ctx = { db, actor: { kind: 'system' as const } }
  const { importId } = await acceptImport(ctx, { films: some, rejected: [], source: 'demo.json' })
  await storeFilms(ctx, importId, some.length)
}

const readList = (path: string) => z.array(z.unknown()).parse(JSON.parse(readFileSync(path, 'utf8')))
