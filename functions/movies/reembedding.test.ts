import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createEncoders } from '#functions/encode/encoders.ts'
import { otherWordEncoder, vectorOfWords, wordEncoder } from '#functions/encode/testing/word-encoders.ts'
import { systemClock } from '#shared/clock.ts'
import { hasServices, testDatabase } from '#shared/testing/world.ts'
import { servingEncoder } from './serving-encoder.ts'
import { type Catalogue, givenCatalogue } from './testing/catalogue-life.ts'
import { filmRecord } from './testing/films.ts'

const [first, second] = [wordEncoder.id, otherWordEncoder.id]
const Encoders = z.object({ items: z.array(z.looseObject({ id: z.string(), state: z.string() })) })
const Nearest = z.array(z.object({ description: z.string(), cosine: z.number() }))

describe.skipIf(!hasServices)('another encoder takes over', () => {
  let catalogue: Catalogue
  beforeAll(async () => {
    catalogue = await givenCatalogue()
  })
  afterAll(() => catalogue?.close())
  beforeEach(async () => {
    for (const level of ['log', 'error'] as const) vi.spyOn(console, level).mockImplementation(() => {})
    await startAnew()
  })

  /** The first encoder serves, the second has nothing. */
  async function startAnew() {
    catalogue.unreadable.clear()
    catalogue.queue.take()
    catalogue.queue.forget()
    await catalogue.db.execute(sql`truncate films, film_imports cascade`)
    await catalogue.db.execute(sql`delete from catalogue_encoders`)
    await catalogue.db.execute(sql`
      insert into catalogue_encoders (catalogue, encoder_id, dimensions, state, serving_since)
      values ('films', ${first}, 384, 'serving', now())`)
  }

  const reembed = (id = second) => catalogue.call('POST', `/encoders/${encodeURIComponent(id)}/reembedding`)
  const states = async () =>
    Object.fromEntries(
      Encoders.parse((await catalogue.call('GET', '/encoders')).body).items.map(({ id, state }) => [id, state]),
    )

  /** A searcher of its own isolate: the nearest film to a text, by what serves. */
  function givenSearcher() {
    const ctx = { db: testDatabase(), clock: systemClock, encoders: createEncoders(catalogue.bindings.ENCODE) }
    return async (text: string) => {
      const { id } = await servingEncoder(ctx)
      const { rows } = await ctx.db.execute(sql`
        select film.description, 1 - (vector <=> ${JSON.stringify(vectorOfWords(text, id))}::vector) as cosine
        from film_vectors join films as film on film.id = film_id
        where encoder_id = ${id} order by cosine desc limit 1`)
      return Nearest.parse(rows)[0]
    }
  }

  async function givenFilms(count: number) {
    const texts = Array.from({ length: count }, () => `${crypto.randomUUID()} ${crypto.randomUUID()}`)
    await catalogue.call(
      'POST',
      '/movies/import',
      texts.map((description) => filmRecord({ description })),
    )
    await catalogue.deliverAll()
    return texts
  }

  test('when every film has its vectors, and no search notices', async () => {
    const texts = await givenFilms(30)
    expect((await reembed()).body).toMatchObject({ id: second, state: 'filling', films: 30, embedded: 0 })
    let isOver = false
    let searches = 0
    const searching = (async () => {
      while (!isOver) {
        const text = texts[searches++ % texts.length] ?? ''
        const found = await givenSearcher()(text)
        expect(found?.description).toBe(text)
        expect(found?.cosine).toBeCloseTo(1)
      }
    })()
    await catalogue.deliverAll()
    await catalogue.sweep()
    isOver = true
    await searching
    expect(searches).toBeGreaterThan(1)
    expect(await states()).toEqual({ [first]: 'retired', [second]: 'serving' })
    expect(await givenSearcher()(texts[0] ?? '')).toMatchObject({ description: texts[0] })
  })

  test('not before: until then the first serves, and films that come or change are read by both', async () => {
    const [text = ''] = await givenFilms(9)
    await reembed()
    const [message] = catalogue.queue.take()
    if (message) await catalogue.deliver(message)
    expect(await states()).toEqual({ [first]: 'serving', [second]: 'filling' })
    expect((await givenSearcher()(text))?.cosine).toBeCloseTo(1)
    await catalogue.call('POST', '/movies', filmRecord())
    expect(await catalogue.counts()).toMatchObject({ [`${first} waiting`]: 1, [`${second} waiting`]: 2 })
    await catalogue.deliver({
      path: '/movies/embed',
      body: JSON.stringify({ encoder_id: first, run: 'x', batch: '0' }),
    })
    await catalogue.deliverAll()
    const done = { [`${first} done`]: 10, [`${second} done`]: 10, [`${first} vectors`]: 10, [`${second} vectors`]: 10 }
    expect(await catalogue.counts()).toEqual(done)
    expect(await states()).toEqual({ [first]: 'retired', [second]: 'serving' })
    await catalogue.call('POST', '/movies', filmRecord())
    await catalogue.deliverAll()
    expect(await catalogue.counts()).toMatchObject({ [`${first} done`]: 10, [`${second} done`]: 11 })
  })

  test('an encoder of all languages has a vector of each description', async () => {
    await catalogue.call('POST', '/movies', filmRecord({ description_ru: 'Фильм о войне' }))
    await reembed()
    await catalogue.deliverAll()
    expect(await catalogue.counts()).toMatchObject({ [`${first} vectors`]: 1, [`${second} vectors`]: 2 })
  })

  test('a film that only the new one cannot read holds it up; one that neither can does not', async () => {
    await catalogue.call('POST', '/movies', filmRecord({ description: 'readable at first' }))
    await catalogue.deliverAll()
    await reembed()
    const fail = (encoderId: string) =>
      catalogue.db.execute(sql`update film_embeddings set state = 'failed' where encoder_id = ${encoderId}`)
    await fail(second)
    await catalogue.sweep()
    expect(await states()).toMatchObject({ [second]: 'filling' })
    await reembed()
    expect(await catalogue.counts()).toMatchObject({ [`${second} waiting`]: 1 })
    await fail(second)
    await fail(first)
    await catalogue.sweep()
    expect(await states()).toMatchObject({ [second]: 'serving' })
  })

  test('what was started twice goes on; what serves stays; two at once are refused', async () => {
    await givenFilms(3)
    expect((await reembed(first)).body).toMatchObject({ state: 'serving', embedded: 3 })
    await Promise.all([reembed(), reembed()])
    expect(await states()).toEqual({ [first]: 'serving', [second]: 'filling' })
    await catalogue.db.execute(
      sql`update catalogue_encoders set encoder_id = 'third@000000000003' where state = 'filling'`,
    )
    expect(await reembed()).toMatchObject({ status: 409, body: { code: 'already_reembedding' } })
    expect((await reembed('nobody@000000000009')).status).toBe(404)
  })

  test('it can be given up, and leaves nothing', async () => {
    await givenFilms(3)
    await reembed()
    const path = `/encoders/${encodeURIComponent(second)}/reembedding`
    expect((await catalogue.call('DELETE', path)).body).toMatchObject({ state: 'available', embedded: 0 })
    await catalogue.deliverAll()
    expect(await catalogue.counts()).toEqual({ [`${first} done`]: 3, [`${first} vectors`]: 3 })
    expect(await states()).toEqual({ [first]: 'serving', [second]: 'available' })
  })

  test('what a retired one made stays until it is deleted, and is deleted only when no search uses it', async () => {
    await givenFilms(3)
    await reembed()
    await catalogue.deliverAll()
    const remove = (id: string) => catalogue.call('DELETE', `/encoders/${encodeURIComponent(id)}`)
    expect(await remove(second)).toMatchObject({ status: 409, body: { code: 'encoder_in_use' } })
    expect((await remove(first)).status).toBe(409)
    await catalogue.db.execute(
      sql`update catalogue_encoders set retired_at = now() - interval '1 minute' where state = 'retired'`,
    )
    expect((await remove(first)).status).toBe(204)
    expect(await catalogue.counts()).toEqual({ [`${second} done`]: 3, [`${second} vectors`]: 3 })
    const { rows } = await catalogue.db.execute(
      sql`select indexname from pg_indexes where indexname like 'film\\_vectors\\_0%'`,
    )
    expect(rows).toEqual([{ indexname: 'film_vectors_000000000002' }])
  })

  test('however it is interrupted, one encoder serves at any time, and the second does in the end', async () => {
    const happening = fc.constantFrom('deliver', 'lose', 'sweep', 'add', 'again', 'two switches', 'leases')
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 8 }), async (happenings) => {
        await startAnew()
        const texts = await givenFilms(12)
        await reembed()
        let waiting = catalogue.queue.take()
        for (const what of happenings) {
          if (what === 'lose') waiting.shift()
          if (what === 'sweep') await catalogue.sweep()
          if (what === 'add') await catalogue.call('POST', '/movies', filmRecord())
          if (what === 'again') await reembed()
          if (what === 'leases') await catalogue.leasesPass()
          if (what === 'two switches') await Promise.all([catalogue.sweep(), catalogue.sweep()])
          const message = what === 'deliver' ? waiting.shift() : undefined
          if (message) await catalogue.deliver(message)
          waiting = [...waiting, ...catalogue.queue.take()]
          const text = texts[0] ?? ''
          expect(await givenSearcher()(text)).toMatchObject({ description: text, cosine: expect.closeTo(1) })
        }
        for (let minute = 0; minute < 3; minute++) {
          catalogue.queue.forget()
          await catalogue.leasesPass()
          await catalogue.sweep()
          await catalogue.deliverAll()
        }
        expect(await states()).toEqual({ [first]: 'retired', [second]: 'serving' })
      }),
      { numRuns: 5 },
    )
  })
})
