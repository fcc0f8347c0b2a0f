import { z } from '@hono/zod-openapi'
import { genreName } from '#models/movies/genre-names.ts'
import { filmYears } from '#models/movies/manifest.ts'

const maximumGenres = 20

const text = (maximumLength: number) => z.string().trim().normalize().max(maximumLength)
const optionalText = (maximumLength: number) =>
  text(maximumLength)
    .nullish()
    .transform((value) => value || null)

/** Files write years as text, too, and genres as one text with commas or bars. */
const Year = z.preprocess(
  (value) => (typeof value === 'string' && /^\s*\d{4}\s*$/.test(value) ? Number(value) : value),
  z.number().int().min(filmYears.first).max(filmYears.last),
)
const Genres = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(/[,|]/) : (value ?? [])),
  z
    .array(text(40))
    .transform((genres) => [...new Set(genres.filter((genre) => genre !== '').map(genreName))])
    .pipe(z.array(z.string()).max(maximumGenres)),
)

/** A film as files and callers write it. Members that are not of it are left out. */
export const FilmRecord = z
  .object({
    title: text(300).min(1).openapi({ example: 'Metropolis' }),
    title_ru: optionalText(300).openapi({ type: 'string', example: 'Метрополис' }),
    description: text(5_000).min(1).openapi({
      description: 'What happens in it, in English or Russian',
      example: 'In a city of towers, the ruler’s son goes down to the workers who keep its machines running.',
    }),
    description_ru: optionalText(5_000).openapi({
      type: 'string',
      example: 'Сын правителя города башен спускается к рабочим, на которых держатся его машины.',
    }),
    year: Year.openapi({ type: 'integer', minimum: filmYears.first, maximum: filmYears.last, example: 1927 }),
    genres: Genres.openapi({ type: 'array', items: { type: 'string' }, example: ['Drama', 'Science Fiction'] }),
  })
  .openapi('FilmRecord')

export type FilmRecord = z.infer<typeof FilmRecord>

export interface RejectedRecord {
  /** In what was delivered, from 0. */
  index: number
  reason: string
}

export interface FilmRecords {
  films: { position: number; record: FilmRecord }[]
  rejected: RejectedRecord[]
}

/** Sorts out which records are films. The second of two with the same title and year is none: which one counts is not known. */
export function readFilmRecords(records: readonly unknown[]): FilmRecords {
  const films: FilmRecords['films'] = []
  const rejected: RejectedRecord[] = []
  const positions = new Map<string, number>()
  for (const [index, value] of records.entries()) {
    const result = FilmRecord.safeParse(value)
    if (!result.success) {
      rejected.push({ index, reason: reasonOf(result.error) })
      continue
    }
    const key = `${result.data.year} ${result.data.title.toLowerCase()}`
    const earlier = positions.get(key)
    if (earlier === undefined) {
      positions.set(key, index)
      films.push({ position: index, record: result.data })
    } else rejected.push({ index, reason: `has title and year of record ${earlier}` })
  }
  return { films, rejected }
}

const maximumReasons = 3

function reasonOf({ issues }: z.ZodError): string {
  return issues
    .slice(0, maximumReasons)
    .map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
    .join('; ')
}
