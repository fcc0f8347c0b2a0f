import { z } from '@hono/zod-openapi'
import { beforeAll, describe, expect, test } from 'vitest'
import { call } from '#shared/testing/call.ts'
import { givenUser, testContext } from '#shared/testing/users.ts'
import { hasServices } from '#shared/testing/world.ts'
import { readGenres } from './genres.ts'
import movies from './index.ts'
import { filmRecord } from './testing/films.ts'

const Film = z.looseObject({ id: z.string(), title: z.string(), year: z.number() })
const Page = z.object({ items: z.array(Film), next_cursor: z.string().nullable() })

describe.skipIf(!hasServices)('the catalogue', () => {
  let token: string
  beforeAll(async () => {
    token = await (await givenUser({ role: 'expert' })).token()
  })

  const post = (body: object, headers = {}) => call(movies, 'POST', '/movies', { token, body, headers })
  const get = (path: string, headers = {}) => call(movies, 'GET', path, { token, headers })
  const created = async (members: object = {}) => Film.parse((await post(filmRecord(members))).body)
  const titles = async (path: string) => Page.parse((await get(path)).body).items.map(({ title }) => title)

  test('a film that was added is there at once, and waits for its vectors', async () => {
    const record = filmRecord({ title_ru: 'Проба', description_ru: 'Фильм', genres: ['drama', 'Sci-Fi'] })
    const answer = await post(record)
    expect(answer.status).toBe(202)
    expect(answer.body).toMatchObject({ ...record, genres: ['Drama', 'Sci-Fi'], status: 'embedding' })
    const found = await get(answer.headers.get('location') ?? '')
    expect(found.body).toEqual(answer.body)
    expect(
      (await get(answer.headers.get('location') ?? '', { 'if-none-match': found.headers.get('etag') ?? '' })).status,
    ).toBe(304)
  })

  test('a genre has the name that the film came with, and is found by any name that it has', async () => {
    const films = await Promise.all(
      ['Sci-Fi', 'Science Fiction'].map((genre) => created({ genres: [genre], year: 1907 })),
    )
    for (const name of ['sci-fi', 'science%20fiction'])
      expect((await titles(`/movies?genre=${name}&year_from=1907&year_to=1907`)).sort()).toEqual(
        films.map(({ title }) => title).sort(),
      )
  })

  test('the same title and year change the film, and what is left out stays', async () => {
    const record = filmRecord({ title_ru: 'Первое' })
    const first = await created(record)
    const again = await post({
      ...record,
      title: record.title.toUpperCase(),
      title_ru: undefined,
      description: 'Other',
    })
    expect(again.body).toMatchObject({ id: first.id, description: 'Other', title_ru: 'Первое' })
    expect(await created({ ...record, year: 2002 })).not.toMatchObject({ id: first.id })
  })

  test('the same key and film are stored once, and another film is refused', async () => {
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const record = filmRecord()
    const answers = await Promise.all([post(record, headers), post(record, headers)])
    await post({ ...record, description: 'Changed since' })
    const late = await post(record, headers)
    expect(late.headers.get('idempotent-replayed')).toBe('true')
    expect(late.body).toMatchObject({ description: 'Changed since' })
    expect(new Set([...answers, late].map(({ body }) => Film.parse(body).id)).size).toBe(1)
    expect((await post(filmRecord(), headers)).body).toMatchObject({ code: 'idempotency_key_reused' })
  })

  test('users read and do not write', async () => {
    const user = await (await givenUser()).token()
    expect((await call(movies, 'POST', '/movies', { token: user, body: filmRecord() })).status).toBe(403)
    expect((await call(movies, 'GET', '/movies', { token: user })).status).toBe(200)
  })

  test.each(['title', 'year', 'popularity'])('pages by %s hold every film once', async (sort) => {
    const genre = crypto.randomUUID()
    for (const year of [1999, 2001, 2001, 1990, 2001]) await created({ genres: [genre], year })
    const seen: z.infer<typeof Film>[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const path: string = `/movies?genre=${genre}&sort=${sort}&limit=2${cursor && `&cursor=${cursor}`}`
      const page: z.infer<typeof Page> = Page.parse((await get(path)).body)
      seen.push(...page.items)
      cursor = page.next_cursor
    }
    expect(new Set(seen.map(({ id }) => id)).size).toBe(5)
    if (sort === 'year') expect(seen.map(({ year }) => year)).toEqual([2001, 2001, 2001, 1999, 1990])
    if (sort === 'title') expect(seen.map(({ title }) => title)).toEqual(seen.map(({ title }) => title).sort())
    expect(await titles(`/movies?genre=${genre}&year_from=1990&year_to=1999`)).toHaveLength(2)
  })

  test('a genre that nobody knows is refused with those that are known', async () => {
    const answer = await get('/movies?genre=Nonsense')
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('Science Fiction')
  })

  test('titles are found whatever their case and accents, with letters wrong, in either language', async () => {
    const tag = crypto.randomUUID().slice(0, 8)
    await created({ title: `Amélie ${tag}`, title_ru: `Амели ${tag}` })
    await created({ title: `The Matrix ${tag}`, title_ru: `Матрица ${tag}` })
    await created({ title: `Ёлки ${tag}` })
    const first = async (typed: string) =>
      (await titles(`/movies/search?title=${encodeURIComponent(`${typed} ${tag}`)}`))[0]
    expect(await first('amelie')).toBe(`Amélie ${tag}`)
    expect(await first('AMÉLIE')).toBe(`Amélie ${tag}`)
    expect(await first('матрца')).toBe(`The Matrix ${tag}`)
    expect(await first('matrxi')).toBe(`The Matrix ${tag}`)
    expect(await first('елки')).toBe(`Ёлки ${tag}`)
  })

  test('what begins as it was typed comes before what is like it', async () => {
    const stem = `zq${crypto.randomUUID().slice(0, 6)}`
    for (const title of [`${stem.slice(1)}ab`, `Old ${stem}abc`, `${stem}abc`, `${stem}a`]) await created({ title })
    const found = await titles(`/movies/search?title=${stem}a`)
    expect(found.slice(0, 3)).toEqual([`${stem}a`, `${stem}abc`, `Old ${stem}abc`])
    expect((await titles('/movies/search?title=%25')).every((title) => title.includes('%'))).toBe(true)
  })

  test('genres are counted', async () => {
    const genre = crypto.randomUUID()
    await created({ genres: [genre] })
    expect(await readGenres(testContext())).toContainEqual({ genre, films: 1 })
    expect((await get('/movies/genres')).status).toBe(200)
  })
})
