import type { RejectedRecord } from '../../../../movies/read-film-records.ts'

/** A film of a file that may be sent: as it stands there, for the server checks it as well. */
export interface ReadyFilm {
  /** In the file, from 0. */
  index: number
  title: string
  year: number
  genres: readonly string[]
  source: unknown
}

export interface ReadImport {
  films: ReadyFilm[]
  rejected: RejectedRecord[]
}

export type Unreadable = 'not_json' | 'not_a_list' | 'nothing' | 'too_large'

/** Why a whole file is none that can be imported. */
export class UnreadableFile extends Error {
  readonly reason: Unreadable
  constructor(reason: Unreadable) {
    super(reason)
    this.reason = reason
  }
}

export const LARGEST_BYTES = 100_000_000

/**
 * Reads a file of films with the very check that the server has, so that what is wrong is known before it is sent.
 *
 * @throws UnreadableFile
 */
export async function readImport(text: string): Promise<ReadImport> {
  const records = parseList(text)
  const { readFilmRecords } = await loadCheck()
  const { films, rejected } = readFilmRecords(records)
  return {
    films: films.map(({ position, record: { title, year, genres } }) => ({
      index: position,
      title,
      year,
      genres,
      source: records[position],
    })),
    rejected,
  }
}

function parseList(text: string): readonly unknown[] {
  if (text.length > LARGEST_BYTES) throw new UnreadableFile('too_large')
  if (text.trim() === '') throw new UnreadableFile('nothing')
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw new UnreadableFile('not_json')
  }
  if (!Array.isArray(value)) throw new UnreadableFile('not_a_list')
  if (value.length === 0) throw new UnreadableFile('nothing')
  return value
}

/** The page's policy forbids code made of text, which schemas would try for speed: they are told before they are made. */
async function loadCheck() {
  const { config } = await import('zod')
  config({ jitless: true })
  return import('../../../../movies/read-film-records.ts')
}

/** Parts that one call takes each. */
export function chunksOf<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))
}
