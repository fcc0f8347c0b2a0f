import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { acceptImport } from '#functions/movies/accept-import.ts'
import { readFilmRecords } from '#functions/movies/read-film-records.ts'
import { storeFilms } from '#functions/movies/store-films.ts'
import type { Seeding } from '#infra/local/embedded.ts'
import { sha256Hex } from '#shared/hash.ts'
import type { Progress } from './progress.ts'

const demoFolder = join(import.meta.dirname, '../../models/movies/films')
/** As many films of a file are stored before the start goes on; the queue does the rest. */
const storedAtOnce = 1_000
const batchSize = 100
const mostReported = 10

interface FilmFile {
  path: string
  bytes: Buffer
  sha256: string
}

/** What of a start this needs. */
type Films = Pick<Seeding, 'db' | 'settings' | 'step'>

interface Reporting {
  detail: Progress['detail']
  /** Told what is wrong with a file. */
  warn(text: string): void
}

/**
 * Takes in the demo films, and JSON files that somebody put into a folder: each file once, by its content. They are read
 * by an encoder when the functions run.
 */
export async function seedFilms({ db, settings, step }: Films, folder: string, { detail, warn }: Reporting) {
  mkdirSync(folder, { recursive: true })
  const { rows } = await db.execute(sql`
    select array_agg(content_sha256) as sha256s, exists (select from films) as has_films from film_imports`)
  const [{ sha256s, has_films }] = z.tuple([Known]).parse(rows)
  // A database elsewhere is somebody's production: it is given films only as long as it has none.
  const wantsDemo = settings.database.kind === 'embedded' || !has_films
  const files = [...(wantsDemo ? readFiles(demoFolder) : []), ...readFiles(folder)]
  const fresh = files.filter(
    ({ sha256 }, i) => !sha256s.includes(sha256) && files.findIndex((file) => file.sha256 === sha256) === i,
  )
  if (fresh.length === 0) return
  await step('Films taken in', async () => {
    for (const file of fresh) await takeIn(db, file, { detail, warn })
  })
}

const Known = z.object({
  sha256s: z
    .array(z.string().nullable())
    .nullable()
    .transform((sha256s) => sha256s ?? []),
  has_films: z.boolean(),
})

async function takeIn(db: Films['db'], { path, bytes, sha256 }: FilmFile, { detail, warn }: Reporting) {
  const source = basename(path)
  const records = readRecords(bytes)
  if (!records) return warn(`${path} is no JSON array of films, and is left out`)
  const { films, rejected } = readFilmRecords(records)
  for (const { index, reason } of rejected.slice(0, mostReported)) warn(`${source}, record ${index}: ${reason}`)
  if (rejected.length > mostReported) warn(`${source}: ${rejected.length} records are no films`)
  const ctx = { db, actor: { kind: 'system' as const } }
  const { importId } = await acceptImport(ctx, { films, rejected, source, contentSha256: sha256 })
  const wanted = Math.min(films.length, storedAtOnce)
  for (let stored = 0; stored < wanted; stored += batchSize) {
    await storeFilms(ctx, importId, Math.min(batchSize, wanted - stored))
    detail(`films of ${source}`, `${Math.min(stored + batchSize, wanted)} of ${films.length}`)
  }
}

function readFiles(folder: string): FilmFile[] {
  const names = readdirSync(folder).filter((name) => name.toLowerCase().endsWith('.json'))
  return names.sort().map((name) => {
    const path = join(folder, name)
    const bytes = readFileSync(path)
    return { path, bytes, sha256: sha256Hex(bytes) }
  })
}

/** With or without a byte order mark. */
function readRecords(bytes: Buffer): unknown[] | undefined {
  try {
    return z.array(z.unknown()).parse(JSON.parse(new TextDecoder().decode(bytes)))
  } catch {
    return undefined
  }
}
