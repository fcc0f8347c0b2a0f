import { z } from '@hono/zod-openapi'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasServices } from '#shared/testing/world.ts'
import { type Catalogue, givenCatalogue } from './testing/catalogue-life.ts'
import { syntheticFilms } from './testing/synthetic-films.ts'

const Accepted = z.object({ import_id: z.string(), accepted: z.number(), rejected: z.array(z.unknown()) })
/** Beyond what any batch may keep others waiting, on a slow machine with other tests beside. */
const patienceMs = 5_000

describe.skipIf(!hasServices)('a large import', () => {
  let catalogue: Catalogue
  beforeAll(async () => {
    catalogue = await givenCatalogue()
  })
  afterAll(() => catalogue?.close())

  test('is taken in whole, one film more is refused', async () => {
    const films = syntheticFilms(10_001, 1)
    const refused = await catalogue.call('POST', '/movies/import', films)
    expect(refused).toMatchObject({ status: 422, body: { code: 'invalid_request' } })
    const answer = await catalogue.call('POST', '/movies/import', films.slice(0, 10_000))
    expect(answer.status).toBe(202)
    const { import_id, accepted, rejected } = Accepted.parse(answer.body)
    expect([accepted, rejected]).toEqual([10_000, []])
    expect((await catalogue.call('GET', `/movies/imports/${import_id}`)).body).toMatchObject({
      total: 10_000,
      stored: 0,
    })
    catalogue.queue.take()
  })

  test('does not keep readers waiting', async () => {
    await catalogue.call('POST', '/movies/import', syntheticFilms(1_000, 2))
    let isOver = false
    const waits: number[] = []
    const reading = (async () => {
      while (!isOver) {
        const startedMs = performance.now()
        expect((await catalogue.call('GET', '/movies/search?title=the%20silent')).status).toBe(200)
        waits.push(performance.now() - startedMs)
      }
    })()
    for (const message of catalogue.queue.take()) await deliverStoring(message)
    isOver = true
    await reading
    expect(waits.length).toBeGreaterThan(5)
    expect(Math.max(...waits)).toBeLessThan(patienceMs)
  })

  /** The chain of storing alone. */
  async function deliverStoring(first: Parameters<Catalogue['deliver']>[0]) {
    for (let messages = [first]; messages.length > 0; ) {
      for (const message of messages) expect((await catalogue.deliver(message)).status).toBe(200)
      messages = catalogue.queue.take().filter(({ path }) => path === '/movies/store')
    }
  }
})
