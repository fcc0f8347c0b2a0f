import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { wordEncoders } from '#functions/encode/testing/word-encoders.ts'
import type { Service } from '#shared/service-binding.ts'
import { call, signedDelivery } from '#shared/testing/call.ts'
import { givenOwnDatabase } from '#shared/testing/own-database.ts'
import { givenRecordedQueue, type RecordedMessage } from '#shared/testing/recorded-queue.ts'
import { givenUser, testContext } from '#shared/testing/users.ts'
import { testBindings } from '#shared/testing/world.ts'
import { watchedExecution } from '../../_shared/testing/call.ts'
import movies from '../index.ts'
import { filmRecord } from './films.ts'

const Counts = z.record(z.string(), z.coerce.number())

/** The function of films on a database of its own, with a queue that the test delivers by hand, and an encoder that may fail. */
export async function givenCatalogue() {
  const database = await givenOwnDatabase()
  const queue = await givenRecordedQueue()
  const words = wordEncoders()
  /** Texts that the encoder cannot read for now. */
  const unreadable = new Set<string>()
  const encode: Service = {
    async fetch(request) {
      const body = request.method === 'POST' ? await request.clone().text() : ''
      const fails = [...unreadable].some((text) => body.includes(text))
      return fails ? new Response('cannot be read', { status: 500 }) : words.fetch(request)
    },
  }
  const bindings = { ...testBindings(), QSTASH_URL: queue.url, ENCODE: encode }
  const token = await (await givenUser({ role: 'admin' })).token()
  const { db } = testContext()

  const deliver = async ({ path, body }: RecordedMessage) =>
    call(movies, 'POST', path, { ...(await signedDelivery({ path, body })), bindings })

  return {
    db,
    bindings,
    queue,
    unreadable,
    deliver,
    call: (method: string, path: string, body?: unknown, headers = {}) =>
      call(movies, method, path, { token, bindings, headers, ...(body !== undefined && { body }) }),
    async sweep() {
      const { execution, settled } = watchedExecution()
      await movies.scheduled({}, bindings, execution)
      await settled()
    },
    /** Delivers what waits, and what that leads to, until nothing waits; 503 is not asked again. */
    async deliverAll() {
      const statuses: number[] = []
      for (let messages = queue.take(); messages.length > 0; messages = queue.take())
        for (const message of messages) statuses.push((await deliver(message)).status)
      return statuses
    },
    /** Films that are stored, and wait. */
    async add(count: number, members: object = {}): Promise<string> {
      const films = Array.from({ length: count }, () => filmRecord(members))
      const { body } = await call(movies, 'POST', '/movies/import', { token, bindings, body: films })
      return z.object({ import_id: z.string() }).parse(body).import_id
    },
    /** How many films each encoder has in each state, and vectors. */
    async counts() {
      const { rows } = await db.execute(sql`
        select encoder_id || ' ' || state as name, count(*) as n from film_embeddings group by 1
        union all select encoder_id || ' vectors', count(*) from film_vectors group by 1`)
      return Counts.parse(Object.fromEntries(rows.map((row) => [row.name, row.n])))
    },
    /** As if all leases and pauses were over. */
    leasesPass: () =>
      db.execute(sql`update film_embeddings set lease_expires_at = now() - interval '1 second'
      where lease_expires_at is not null`),
    async close() {
      await queue.close()
      await database.close()
    },
  }
}

export type Catalogue = Awaited<ReturnType<typeof givenCatalogue>>
