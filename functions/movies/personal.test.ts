import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { callGateway } from '#shared/testing/gateway.ts'
import { givenUser } from '#shared/testing/users.ts'
import { hasServices, testDatabase } from '#shared/testing/world.ts'
import { Recommendation } from './recommend-films.ts'
import { setVerdict } from './set-verdict.ts'
import { givenSearchableFilms } from './testing/searchable-films.ts'

const word = `q${crypto.randomUUID().slice(0, 8)}`
const whale = `The ${word} whale swims below the ${word} harpoon`
let films: string[] = []

beforeAll(async () => {
  if (!hasServices) return
  films = await givenSearchableFilms([
    { title: `One ${word}`, description: `${whale} of a captain.`, genres: ['Adventure'], year: 1950 },
    { title: `Two ${word}`, description: `${whale} of a widow.`, genres: ['Adventure'], year: 1960 },
    { title: `Three ${word}`, description: 'Nobody bakes a cake on the moon.', genres: ['Comedy'], year: 1970 },
  ])
})

async function givenViewer() {
  const user = await givenUser({ credits: 10 })
  const token = await user.token()
  return { user, get: async (path: string) => (await callGateway('GET', path, { token })).body }
}

const filmAt = (place: number) => z.string().parse(films[place])
const popularityOf = async (filmId: string) => {
  const { rows } = await testDatabase().execute(sql`
    select popularity = (select coalesce(sum(verdict), 0) from film_verdicts where film_id = ${filmId}) as is_sum
    from films where id = ${filmId}`)
  return rows[0]?.is_sum
}
const idsOf = (body: unknown) =>
  z
    .object({ items: z.array(z.object({ id: z.string() })) })
    .parse(body)
    .items.map(({ id }) => id)

describe.skipIf(!hasServices)('what somebody thinks of films', () => {
  test('is counted exactly, however many change their minds at once', async () => {
    const users = await Promise.all(Array.from({ length: 4 }, () => givenUser()))
    const changes = users.flatMap(({ ctx }) =>
      (['like', 'dislike', 'none', 'like'] as const).map((verdict) => setVerdict(ctx, filmAt(2), verdict)),
    )
    await Promise.all(changes)
    expect(await popularityOf(filmAt(2))).toBe(true)
  })

  test('is listed newest first, page by page', async () => {
    const { user, get } = await givenViewer()
    await setVerdict(user.ctx, filmAt(0), 'like')
    await setVerdict(user.ctx, filmAt(2), 'dislike')
    const first = await get('/movies/verdicts?limit=1')
    expect(idsOf(first)).toEqual([filmAt(2)])
    const { next_cursor } = z.object({ next_cursor: z.string() }).parse(first)
    expect(idsOf(await get(`/movies/verdicts?limit=1&cursor=${next_cursor}`))).toEqual([filmAt(0)])
    expect(idsOf(await get('/movies/verdicts?verdict=like'))).toEqual([filmAt(0)])
  })

  test('says what they will like: films like it, none that they have judged, and why', async () => {
    const { user, get } = await givenViewer()
    await setVerdict(user.ctx, filmAt(0), 'like')
    const { results, cost } = Recommendation.parse(await get('/recommendations/movies?limit=50'))
    expect(cost).toBe(0)
    expect(results[0]).toMatchObject({ id: filmAt(1), why: { kind: 'taste', detail: `you like One ${word}` } })
    expect(results.map(({ id }) => id)).not.toContain(filmAt(0))
  })

  test('is a taste, which the profile tells, too', async () => {
    const { user, get } = await givenViewer()
    await setVerdict(user.ctx, filmAt(0), 'like')
    await setVerdict(user.ctx, filmAt(2), 'dislike')
    const genres = [{ genre: 'Adventure', weight: 1 }]
    expect(await get('/movies/taste')).toMatchObject({ genres, likes: 1, dislikes: 1, years: { median: 1950 } })
    expect(await get('/users/profile')).toMatchObject({ favourite_genres: genres, likes: 1, dislikes: 1, searches: 0 })
  })

  test('is not known of who has said nothing: they are given something to begin with', async () => {
    const { get } = await givenViewer()
    const { results, prediction_id } = Recommendation.parse(await get('/recommendations/movies?limit=3'))
    expect(results.map(({ why }) => why.kind)).toEqual(results.map(() => 'popular'))
    expect(Recommendation.parse(await get(`/recommendations/${prediction_id}`)).results).toEqual(results)
  })

  test('films like one begin with the most alike, and are not the one', async () => {
    const { get } = await givenViewer()
    const { results } = z
      .object({ results: z.array(z.object({ id: z.string() })) })
      .parse(await get(`/movies/${filmAt(0)}/similar`))
    expect(results[0]?.id).toBe(filmAt(1))
    expect(results.map(({ id }) => id)).not.toContain(filmAt(0))
  })
})
