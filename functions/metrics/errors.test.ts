import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { createApp } from '#shared/app.ts'
import { baseEnv } from '#shared/env.ts'
import { Problem } from '#shared/problem.ts'
import { call } from '#shared/testing/call.ts'
import { callGateway } from '#shared/testing/gateway.ts'
import { expectRefusal } from '#shared/testing/target.ts'
import { givenUser, testContext } from '#shared/testing/users.ts'
import { hasServices, testBindings } from '#shared/testing/world.ts'
import { trackError } from '#shared/track-error.ts'
import { ErrorDetail } from './get-error.ts'
import { givenError } from './testing/given-error.ts'

const Page = z.object({
  items: z.array(z.looseObject({ id: z.string(), occurrences: z.number() })),
  next_cursor: z.string().nullable(),
})

/** A function whose every request fails in some way. */
function givenFaultyApp() {
  const app = createApp({ name: 'faulty', env: baseEnv, services: () => ({}) })
  app.get('/throws/:id', (c) => {
    throw new TypeError(`no ${c.req.param('id')} for ada@example.com`)
  })
  app.get('/defers', (c) => {
    c.get('ctx').defer(Promise.reject(new RangeError('too late')))
    return c.text('')
  })
  app.get('/busy', () => {
    throw new Problem('unavailable')
  })
  return app
}

async function givenAdmin() {
  const admin = await givenUser({ role: 'admin' })
  const token = await admin.token()
  return {
    list: async (query: string) => Page.parse((await callGateway('GET', `/errors?${query}`, { token })).body),
    get: async (id: string) => ErrorDetail.parse((await callGateway('GET', `/errors/${id}`, { token })).body),
    change: (id: string, state: string) => callGateway('PATCH', `/errors/${id}`, { token, body: { state } }),
  }
}

describe.skipIf(!hasServices)('an error of ours', () => {
  test('is found by the id that its problem told, without what it quoted', async () => {
    const { list, get } = await givenAdmin()
    const answer = await call(givenFaultyApp(), 'GET', '/throws/job_0193e6b8a3d77cc5a1b2c3d4e5f60718')
    const { request_id } = z.object({ request_id: z.string() }).parse(answer.body)
    const [found] = (await list(`search=${request_id}`)).items
    const error = await get(found?.id ?? '')
    expect(error).toMatchObject({
      function: 'faulty',
      event: '/throws/:id',
      state: 'open',
      last_request_id: request_id,
    })
    expect(error.message).toBe('TypeError: no job_0193e6b8a3d77cc5a1b2c3d4e5f60718 for [e-mail]')
    expect(error.stack).toContain('errors.test.ts')
    expect(error.recent[0]).toMatchObject({ request_id, user_id: null })
  })

  test('is one kind, whomever it concerned', async () => {
    const { list } = await givenAdmin()
    const app = givenFaultyApp()
    const requestIds = ['first-request', 'second-request'].map((it) => `${it}-${crypto.randomUUID().slice(0, 8)}`)
    for (const [i, id] of requestIds.entries())
      await call(app, 'GET', `/throws/${i}`, { headers: { 'x-request-id': id } })
    const found = await Promise.all(requestIds.map(async (id) => (await list(`search=${id}`)).items))
    expect(found[0]).toHaveLength(1)
    expect(found[1]?.map(({ id }) => id)).toEqual(found[0]?.map(({ id }) => id))
  })

  test('is kept when it happened after the answer', async () => {
    const { list } = await givenAdmin()
    const answer = await call(givenFaultyApp(), 'GET', '/defers')
    expect(answer.status).toBe(200)
    const { items } = await list(`search=${answer.headers.get('x-request-id')}`)
    expect(items).toEqual([expect.objectContaining({ event: 'deferred_work_failed', message: 'RangeError: too late' })])
  })

  test('is not that somebody is asked to come again later', async () => {
    const { list } = await givenAdmin()
    const answer = await call(givenFaultyApp(), 'GET', '/busy')
    expect(answer.status).toBe(503)
    expect((await list(`search=${answer.headers.get('x-request-id')}`)).items).toEqual([])
  })

  test('that was resolved is open again when it recurs', async () => {
    const { get, change, list } = await givenAdmin()
    const { errorId, event } = await givenError()
    expect((await change(errorId, 'resolved')).body).toMatchObject({
      state: 'resolved',
      resolved_at: expect.any(String),
    })
    expect((await list(`search=${event}&state=open`)).items).toEqual([])
    await givenError({ event })
    expect(await get(errorId)).toMatchObject({ state: 'open', resolved_at: null, occurrences: 2 })
  })

  test('keeps its newest occurrences, and the number of all', async () => {
    const { get } = await givenAdmin()
    const { errorId, event, requestIds } = await givenError()
    const { db } = testContext()
    await db.execute(sql`
      insert into error_occurrences (error_id, request_id) select ${errorId}, 'older_' || i from generate_series(1, 120) as i`)
    const newest = await givenError({ event })
    const { rows } = await db.execute(
      sql`select request_id from error_occurrences where error_id = ${errorId} order by id`,
    )
    expect(rows).toHaveLength(100)
    expect(rows.map(({ request_id }) => request_id)).not.toContain(requestIds[0])
    expect(rows.at(-1)).toEqual({ request_id: newest.requestIds[0] })
    expect(await get(errorId)).toMatchObject({ occurrences: 2, last_request_id: newest.requestIds[0] })
  })

  test('comes in pages, the latest first, without gap or repetition', async () => {
    const { list } = await givenAdmin()
    const prefix = `paged_${crypto.randomUUID()}`
    const ids: string[] = []
    for (const i of [1, 2, 3]) ids.push((await givenError({ event: `${prefix}_${i}` })).errorId)
    const first = await list(`search=${prefix}&limit=2`)
    const second = await list(`search=${prefix}&limit=2&cursor=${first.next_cursor}`)
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids.toReversed())
    expect(second.next_cursor).toBeNull()
  })

  test('that cannot be kept is logged, and nothing more', async () => {
    const logged: string[] = []
    const ctx = { ...testContext(), log: (_level: string, event: string) => void logged.push(event) }
    const broken = { ...ctx, db: { ...ctx.db, execute: () => Promise.reject(new Error('no database')) } as never }
    await trackError(broken, { functionName: 'metrics', event: 'test', error: new Error('x') })
    expect(logged).toEqual(['error_not_kept'])
  })

  test('is no business of those who are no admins', async () => {
    const { errorId } = await givenError()
    const token = await (await givenUser({ role: 'expert' })).token()
    expectRefusal(await callGateway('GET', '/errors', { token }), { status: 403 })
    expectRefusal(await callGateway('GET', `/errors/${errorId}`, { token }), { status: 403 })
    expectRefusal(await callGateway('PATCH', `/errors/${errorId}`, { token, body: { state: 'resolved' } }), {
      status: 403,
    })
  })

  test('of a function without a database is the problem that it always was', async () => {
    const bindings = { ...testBindings(), DATABASE_URL: '' }
    const answer = await call(givenFaultyApp(), 'GET', '/throws/1', { bindings })
    expect(answer).toMatchObject({ status: 500, body: { code: 'misconfigured' } })
  })
})
