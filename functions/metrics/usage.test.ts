import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { newId } from '#shared/ids.ts'
import { callGateway } from '#shared/testing/gateway.ts'
import { givenPredictor } from '#shared/testing/predictors.ts'
import { expectRefusal } from '#shared/testing/target.ts'
import { givenUser, type TestUser } from '#shared/testing/users.ts'
import { hasServices } from '#shared/testing/world.ts'
import { readUsage } from './read-usage.ts'

/** A search of so many days ago, at midnight of UTC. */
async function givenSearch(
  user: TestUser,
  { query, films = [], daysAgo = 0 }: { query: string; films?: object[]; daysAgo?: number },
) {
  const at = sql`date_trunc('day', now(), 'UTC') - ${daysAgo} * interval '1 day'`
  await user.ctx.db.execute(sql`
    insert into recommendations (id, user_id, kind, query, filters, encoder_id, films, result_count, duration_ms, created_at)
    values (${newId('recommendation')}, ${user.userId}, 'query', ${query}, '{}', 'test@1', ${JSON.stringify(films)}::jsonb,
      ${films.length}, 1, ${at})`)
}

const usageOf = async (user: TestUser, days = 3) => readUsage(user.ctx, days)

describe.skipIf(!hasServices)('usage', () => {
  test('counts what was done today, and every day has its row', async () => {
    const user = await givenUser()
    const before = await usageOf(user)
    const { predictorName } = await givenPredictor({ priceCredits: 3 })
    const active = await givenUser({ credits: 50 })
    const token = await active.token()
    for (const _ of [1, 2])
      await callGateway('POST', '/predict', { token, body: { model_name: predictorName, data: { x: [1] } } })
    await givenSearch(active, { query: 'nothing like it' })
    const after = await usageOf(user)
    expect(after.days).toHaveLength(3)
    const [today, earlier] = [after.days.at(-1), before.days.at(-1)]
    expect(today?.predictions[predictorName]).toBe(2)
    expect((today?.credits_topped_up ?? 0) - (earlier?.credits_topped_up ?? 0)).toBeGreaterThanOrEqual(50)
    for (const [key, least] of [
      ['active_users', 1],
      ['new_users', 1],
      ['searches', 1],
    ] as const)
      expect((today?.[key] ?? 0) - (earlier?.[key] ?? 0)).toBeGreaterThanOrEqual(least)
    expect(after.searches.without_result).toBeGreaterThan(before.searches.without_result)
    expect(today?.day).toBe(new Date().toISOString().slice(0, 10))
  })

  test('puts every search into its day, and none from before', async () => {
    const user = await givenUser()
    const query = `searched ${newId('film')}`
    const before = await usageOf(user)
    for (const daysAgo of [1, 1, 2, 3, 40]) await givenSearch(user, { query, daysAgo })
    const after = await usageOf(user)
    const grown = after.days.map(({ searches }, i) => searches - (before.days[i]?.searches ?? 0))
    expect(grown[0]).toBeGreaterThanOrEqual(1)
    expect(grown[1]).toBeGreaterThanOrEqual(2)
    expect(after.searches.query - before.searches.query).toBeGreaterThanOrEqual(3)
  })

  test('tells a query only when three people asked it, however it was written', async () => {
    const people = await Promise.all([givenUser(), givenUser(), givenUser()])
    const known = `A Known ${newId('film')}`
    const secret = `a secret ${newId('film')}`
    const written = [known, ` ${known.toUpperCase()} `, known.replaceAll(' ', '  ')]
    // So often that they are at the top, whatever others search for meanwhile.
    for (const [i, user] of people.entries())
      for (let n = 0; n < 7; n++) await givenSearch(user, { query: written[i] ?? '' })
    for (let n = 0; n < 22; n++) await givenSearch(people[n % 2] ?? people[0], { query: secret })
    const { queries, query_languages } = await usageOf(people[0], 1)
    expect(queries).toContainEqual({ text: known.toLowerCase(), number: 21, users: 3 })
    expect(queries.map(({ text }) => text)).not.toContain(secret)
    expect(query_languages.en).toBeGreaterThanOrEqual(43)
  })

  test('tells languages by their letters', async () => {
    const user = await givenUser()
    const before = (await usageOf(user, 1)).query_languages
    for (const query of ['Что-нибудь про космос', 'ЁЛКИ', 'heist in Paris', '1984']) await givenSearch(user, { query })
    const after = (await usageOf(user, 1)).query_languages
    expect(after.ru - before.ru).toBeGreaterThanOrEqual(2)
    expect(after.other - before.other).toBeGreaterThanOrEqual(1)
  })

  test('tells which films are shown most', async () => {
    const user = await givenUser()
    const film = { id: newId('film'), title: 'A film of this test' }
    for (let n = 0; n < 60; n++) await givenSearch(user, { query: 'x', films: [film] })
    expect((await usageOf(user, 1)).shown_films).toContainEqual({ ...film, number: 60 })
  })

  test('is for admins, and for as many days as are asked for', async () => {
    const admin = await (await givenUser({ role: 'admin' })).token()
    const { body } = await callGateway('GET', '/usage?days=366', { token: admin })
    expect(z.object({ days: z.array(z.unknown()) }).parse(body).days).toHaveLength(366)
    for (const days of [0, 367, 'x'])
      expectRefusal(await callGateway('GET', `/usage?days=${days}`, { token: admin }), { status: 422 })
    expectRefusal(await callGateway('GET', '/usage', { token: await (await givenUser()).token() }), { status: 403 })
  })
})
