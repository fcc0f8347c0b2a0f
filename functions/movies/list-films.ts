import { createRoute, z } from '@hono/zod-openapi'
import { type SQL, sql } from 'drizzle-orm'
import type { UserContext } from '#shared/context.ts'
import { secured } from '#shared/identity.ts'
import { idPattern } from '#shared/ids.ts'
import { decodeCursor, pageOf, pageQuery, toPage } from '#shared/pages.ts'
import { type Fault, InvalidRequest, problems } from '#shared/problem.ts'
import { isWithin, spellGenre } from './film-filters.ts'
import { FilmRow, FilmView, filmColumns, toFilmView, verdictOf } from './film-view.ts'
import type { MoviesApp } from './services.ts'

const YearQuery = z.coerce.number().int().min(0).max(9999)

const Query = z.object({
  ...pageQuery,
  genre: z.string().trim().max(40).optional().openapi({ example: 'Drama' }),
  year_from: YearQuery.optional().openapi({ example: 1920 }),
  year_to: YearQuery.optional().openapi({ example: 2020 }),
  sort: z.enum(['title', 'year', 'popularity']).default('title').openapi({
    description: 'By title from A; newest first; most liked first',
    example: 'popularity',
  }),
})

const listFilms = createRoute({
  operationId: 'listFilms',
  method: 'get',
  path: '/movies',
  tags: ['Films'],
  summary: 'Films of the catalogue',
  ...secured(),
  request: { query: Query },
  responses: {
    200: { description: 'A page of films', content: { 'application/json': { schema: pageOf(FilmView) } } },
    ...problems(401, 422),
  },
})

export function registerListFilms(app: MoviesApp) {
  app.openapi(listFilms, async (c) => {
    const { cursor, ...query } = c.req.valid('query')
    const films = await readFilms(c.get('ctx'), { ...query, after: decodeCursor(cursor, idPattern('film')) })
    const { items, next_cursor } = toPage(films, query.limit)
    return c.json({ items: items.map(toFilmView), next_cursor }, 200)
  })
}

type Wanted = Omit<z.infer<typeof Query>, 'cursor'> & { after: string | undefined }

/** Each breaks ties by id, so that every film has one place. */
const orders = {
  title: {
    by: sql`film.title_folded, film.id`,
    isAfter: sql`film.title_folded > last.title_folded`,
    key: sql`title_folded`,
  },
  year: { by: sql`film.year desc, film.id`, isAfter: sql`film.year < last.year`, key: sql`year` },
  popularity: {
    by: sql`film.popularity desc, film.id`,
    isAfter: sql`film.popularity < last.popularity`,
    key: sql`popularity`,
  },
}

/** One film more than the page has, where there is one. */
async function readFilms(ctx: UserContext, { after, sort, limit, ...filter }: Wanted): Promise<FilmRow[]> {
  const { by, isAfter, key } = orders[sort]
  const genres = filter.genre === undefined ? [] : await genresNamed(ctx, filter.genre)
  const conditions: SQL[] = [
    isWithin({ genres, yearFrom: filter.year_from ?? null, yearTo: filter.year_to ?? null }),
    ...(after
      ? [
          sql`exists (select from films as last where last.id = ${after}
          and (${isAfter} or (film.${key} = last.${key} and film.id > last.id)))`,
        ]
      : []),
  ]
  const { rows } = await ctx.db.execute(sql`
    select ${filmColumns}, ${verdictOf(ctx)} from films as film
    where ${sql.join(conditions, sql` and `)} order by ${by} limit ${limit + 1}`)
  return z.array(FilmRow).parse(rows)
}

/** @throws InvalidRequest for a genre that nobody knows, with those that are known */
async function genresNamed(ctx: UserContext, genre: string): Promise<string[]> {
  const faults: Fault[] = []
  const found = await spellGenre(ctx, genre, '/query/genre', faults)
  if (faults.length > 0) throw new InvalidRequest(faults)
  return found
}
