import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { wordEncoder } from '#functions/encode/testing/word-encoders.ts'
import { hasServices } from '#shared/testing/world.ts'
import { type Catalogue, givenCatalogue } from './testing/catalogue-life.ts'
import { filmRecord } from './testing/films.ts'

const { id: encoderId } = wordEncoder
const Import = z.looseObject({
  id: z.string(),
  status: z.string(),
  total: z.number(),
  done: z.number(),
  failed: z.number(),
})

describe.skipIf(!hasServices)('films are read in the background:', () => {
  let catalogue: Catalogue
  beforeAll(async () => {
    catalogue = await givenCatalogue()
  })
  afterAll(() => catalogue?.close())
  beforeEach(async () => {
    for (const level of ['log', 'error'] as const) vi.spyOn(console, level).mockImplementation(() => {})
    catalogue.unreadable.clear()
    catalogue.queue.take()
    await catalogue.db.execute(sql`truncate films, film_imports cascade`)
  })

  const readImport = async (importId: string) =>
    Import.parse((await catalogue.call('GET', `/movies/imports/${importId}`)).body)

  test('an import goes in, is read to its end, and says how far it is', async () => {
    const importId = await catalogue.add(230)
    expect(await readImport(importId)).toMatchObject({ status: 'running', total: 230, stored: 0, done: 0 })
    const statuses = await catalogue.deliverAll()
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect(await readImport(importId)).toMatchObject({
      status: 'finished',
      total: 230,
      stored: 230,
      done: 230,
      failed: 0,
    })
    expect(await catalogue.counts()).toEqual({ [`${encoderId} done`]: 230, [`${encoderId} vectors`]: 230 })
  })

  test('a bad record is named with its reason, and the others go in', async () => {
    const films = [
      filmRecord({ year: ' 1999 ', genres: 'drama| sci-fi', unknown: 1, title: '\ufeff  Marked ' }),
      { title: 'No year', description: 'x' },
      'nonsense',
      filmRecord({ year: 99_999 }),
      filmRecord({ title: ' MARKED', year: 1999 }),
      filmRecord({ description: '   ' }),
    ]
    const answer = await catalogue.call('POST', '/movies/import', films)
    expect(answer.status).toBe(202)
    expect(answer.body).toMatchObject({
      accepted: 1,
      rejected: [
        { index: 1, reason: expect.stringContaining('year') },
        { index: 2, reason: expect.stringContaining('object') },
        { index: 3, reason: expect.stringContaining('year') },
        { index: 4, reason: 'has title and year of record 0' },
        { index: 5, reason: expect.stringContaining('description') },
      ],
    })
    await catalogue.deliverAll()
    const { rows } = await catalogue.db.execute(sql`select title, year, genres from films`)
    expect(rows).toEqual([{ title: 'Marked', year: 1999, genres: ['Drama', 'sci-fi'] }])
  })

  test('the same call again changes nothing and encodes nothing, with a key it is not even a second import', async () => {
    const films = [filmRecord(), filmRecord()]
    const send = (headers = {}) => catalogue.call('POST', '/movies/import', films, headers)
    const key = { 'idempotency-key': crypto.randomUUID() }
    const [first, second] = [await send(key), await send(key)]
    expect(second.body).toEqual(first.body)
    await catalogue.deliverAll()
    const written = await catalogue.db.execute(sql`select * from film_vectors order by film_id`)
    await send()
    await catalogue.deliverAll()
    expect((await catalogue.db.execute(sql`select * from film_vectors order by film_id`)).rows).toEqual(written.rows)
    expect((await catalogue.call('GET', '/movies/imports')).body).toMatchObject({ items: [{}, {}], next_cursor: null })
  })

  test('a changed text has its own film read again, and no other', async () => {
    const record = filmRecord()
    await catalogue.call('POST', '/movies/import', [record, filmRecord()])
    await catalogue.deliverAll()
    await catalogue.call('POST', '/movies', { ...record, genres: ['War'] })
    expect(await catalogue.counts()).toMatchObject({ [`${encoderId} done`]: 2 })
    await catalogue.call('POST', '/movies', { ...record, description: 'Another text' })
    expect(await catalogue.counts()).toMatchObject({ [`${encoderId} done`]: 1, [`${encoderId} waiting`]: 1 })
    await catalogue.deliverAll()
    expect(await catalogue.counts()).toEqual({ [`${encoderId} done`]: 2, [`${encoderId} vectors`]: 2 })
  })

  test('a text that changes while it is read is read again', async () => {
    const record = filmRecord()
    await catalogue.call('POST', '/movies', record)
    const [message] = catalogue.queue.take()
    const { fetch } = catalogue.bindings.ENCODE
    let isChanged = false
    const spy = vi.spyOn(catalogue.bindings.ENCODE, 'fetch').mockImplementation(async (request) => {
      if (request.method === 'POST' && !isChanged) {
        isChanged = true
        await catalogue.call('POST', '/movies', { ...record, description: 'Changed meanwhile' })
      }
      return fetch(request)
    })
    if (message) await catalogue.deliver(message)
    expect(isChanged).toBe(true)
    spy.mockRestore()
    await catalogue.sweep()
    await catalogue.deliverAll()
    const { rows } = await catalogue.db.execute(sql`
      select text_sha256 = encode(sha256('Changed meanwhile'::bytea), 'hex') as is_new from film_vectors`)
    expect(rows).toEqual([{ is_new: true }])
  })

  test('what the encoder cannot read is tried again later, then has failed with its reason, and can be retried', async () => {
    const importId = await catalogue.add(3)
    await catalogue.call('POST', '/movies/import', [filmRecord({ description: 'unreadable text' })])
    catalogue.unreadable.add('unreadable text')
    await catalogue.deliverAll()
    expect(await readImport(importId)).toMatchObject({ status: 'finished', done: 3 })
    expect(await catalogue.counts()).toMatchObject({ [`${encoderId} done`]: 3, [`${encoderId} waiting`]: 1 })
    for (let attempt = 1; attempt < 10; attempt++) {
      await catalogue.leasesPass()
      const message = { path: '/movies/embed', body: JSON.stringify({ encoder_id: encoderId, run: 'x', batch: '0' }) }
      expect((await catalogue.deliver(message)).status).toBe(503)
    }
    expect(await catalogue.counts()).toMatchObject({ [`${encoderId} failed`]: 1 })
    const { rows } = await catalogue.db.execute(sql`select attempts, error from film_embeddings where state = 'failed'`)
    expect(rows).toEqual([{ attempts: 10, error: expect.stringContaining('encode answered 500') }])
    await catalogue.sweep()
    const { body } = await catalogue.call('GET', '/movies/imports')
    const [failed] = z.object({ items: z.array(Import) }).parse(body).items
    expect(failed).toMatchObject({ status: 'finished', done: 0, failed: 1 })
    catalogue.unreadable.clear()
    expect((await catalogue.call('POST', `/movies/imports/${failed?.id}/retry`)).body).toMatchObject({
      status: 'running',
    })
    await catalogue.deliverAll()
    expect(await readImport(failed?.id ?? '')).toMatchObject({ status: 'finished', done: 1, failed: 0 })
  })

  test('a film that somebody adds is read before an import that waits', async () => {
    await catalogue.add(30)
    const [message = expect.fail('nothing was published')] = catalogue.queue.take()
    await catalogue.deliver(message)
    const { body } = await catalogue.call('POST', '/movies', filmRecord())
    const { id } = z.object({ id: z.string() }).parse(body)
    const [first = expect.fail('nothing was published')] = catalogue.queue.take()
    await catalogue.deliver(first)
    expect((await catalogue.call('GET', `/movies/${id}`)).body).toMatchObject({ status: 'searchable' })
    expect(await catalogue.counts()).toMatchObject({ [`${encoderId} done`]: 8, [`${encoderId} waiting`]: 23 })
  })

  test('of two chains one ends, and the films are read all the same', async () => {
    await catalogue.add(40)
    await catalogue.deliver(catalogue.queue.take()[0] ?? expect.fail('nothing was published'))
    const start = (run: string) =>
      catalogue.deliver({ path: '/movies/embed', body: JSON.stringify({ encoder_id: encoderId, run, batch: '0' }) })
    await Promise.all([start('a'), start('b'), start('c')])
    await catalogue.deliverAll()
    expect(await catalogue.counts()).toEqual({ [`${encoderId} done`]: 40, [`${encoderId} vectors`]: 40 })
  })

  test('whatever is delivered twice, lost or out of order, every film is read once all is over', async () => {
    const happening = fc.constantFrom('deliver', 'deliver twice', 'lose', 'last first', 'sweep', 'add', 'change', 'die')
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 10 }), async (happenings) => {
        await catalogue.db.execute(sql`truncate films, film_imports cascade`)
        catalogue.queue.take()
        const record = filmRecord()
        await catalogue.call('POST', '/movies/import', [record, ...Array.from({ length: 19 }, () => filmRecord())])
        let waiting = catalogue.queue.take()
        let stored = 20
        for (const what of happenings) {
          if (what === 'last first') waiting.reverse()
          if (what === 'lose') waiting.shift()
          if (what === 'sweep') await catalogue.sweep()
          if (what === 'add') stored += Number((await catalogue.call('POST', '/movies', filmRecord())).status === 202)
          if (what === 'change')
            await catalogue.call('POST', '/movies', { ...record, description: crypto.randomUUID() })
          if (what === 'die') await claimAndDie()
          const message = what.startsWith('deliver') ? waiting.shift() : undefined
          if (message) await catalogue.deliver(message)
          if (message && what === 'deliver twice') await catalogue.deliver(message)
          waiting = [...waiting, ...catalogue.queue.take()]
        }
        await catalogue.leasesPass()
        await endAll()
        const [{ films }] = z
          .tuple([z.object({ films: z.coerce.number() })])
          .parse((await catalogue.db.execute(sql`select count(*) as films from films`)).rows)
        expect(films).toBeGreaterThanOrEqual(20)
        expect(films).toBeLessThanOrEqual(stored + 1)
        expect(await catalogue.counts()).toEqual({ [`${encoderId} done`]: films, [`${encoderId} vectors`]: films })
      }),
      { numRuns: 6 },
    )
  })

  /** A callback takes films and is never heard of again. */
  const claimAndDie = () =>
    catalogue.db.execute(sql`
      update film_embeddings set lease_token = 'dead', lease_expires_at = now() + interval '60 seconds', attempts = attempts + 1
      where film_id = (select film_id from film_embeddings where state = 'waiting' limit 1)`)

  /** The cron comes, and everything is delivered; each time as if a minute had passed. */
  async function endAll() {
    for (let minute = 0; minute < 3; minute++) {
      catalogue.queue.forget()
      await catalogue.sweep()
      await catalogue.deliverAll()
      await catalogue.leasesPass()
    }
  }
})
