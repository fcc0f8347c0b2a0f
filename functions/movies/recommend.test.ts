import { setTimeout } from 'node:timers/promises'
import { z } from '@hono/zod-openapi'
import { beforeAll, describe, expect, test } from 'vitest'
import { reconcile } from '#functions/balance/reconcile.ts'
import { createEncoders } from '#functions/encode/encoders.ts'
import { createPredictorCatalogue } from '#functions/predict/predictor-catalogue.ts'
import { searchPriceCredits } from '#models/movies/manifest.ts'
import { systemClock } from '#shared/clock.ts'
import type { UserContext } from '#shared/context.ts'
import { callGateway } from '#shared/testing/gateway.ts'
import { runJob } from '#shared/testing/things.ts'
import { givenUser } from '#shared/testing/users.ts'
import { hasServices, testBindings } from '#shared/testing/world.ts'
import { readRecommendation } from './read-recommendation.ts'
import { type RecommendContext, recommend } from './recommend.ts'
import { Recommendation } from './recommend-films.ts'
import { givenSearchableFilms } from './testing/searchable-films.ts'

const genre = `Lore ${crypto.randomUUID().slice(0, 8)}`
const lighthouse = 'A keeper of a zanzibarian lighthouse teaches a blind otter to play the accordion.'
let filmIds: string[] = []

beforeAll(async () => {
  if (!hasServices) return
  filmIds = await givenSearchableFilms([
    { title: `Otter ${genre}`, description: lighthouse, genres: [genre], year: 1950 },
    {
      title: `Bread ${genre}`,
      description: 'Two bakers quarrel over sourdough on a steamship.',
      genres: [genre],
      year: 1990,
    },
  ])
})

async function givenSearcher(credits = 10) {
  const user = await givenUser({ credits })
  const token = await user.token()
  return {
    user,
    search: (body: object, headers = {}) =>
      callGateway('POST', '/recommend', {
        token,
        headers,
        body: { query: 'an otter and a lighthouse', genres: [genre], ...body },
      }),
    expectSound: async () => expect((await reconcile(user.ctx, user.userId)).violations).toEqual([]),
  }
}

const everything = { genres: [], yearFrom: null, yearTo: null }

/** An encoder that answers when it is told to, and a clock by which any wait is over at once. */
function lateContext(base: UserContext) {
  const late = Promise.withResolvers<void>()
  const encoders = createEncoders(testBindings().ENCODE)
  const ctx: RecommendContext = {
    ...base,
    log: () => {},
    clock: { now: () => new Date(), sleep: async () => {} },
    queue: { publish: async () => {} },
    predictors: createPredictorCatalogue(systemClock),
    encoders: { ...encoders, encode: (id, inputs) => late.promise.then(() => encoders.encode(id, inputs)) },
  }
  const answerLate = async () => {
    late.resolve()
    await setTimeout(100)
  }
  return { ctx, answerLate }
}

const parse = (body: unknown) => Recommendation.parse(body)

describe.skipIf(!hasServices)('a paid search', () => {
  test('is answered at once, best film first, and costs its price', async () => {
    const { user, search, expectSound } = await givenSearcher()
    const answer = await search({})
    expect(answer.status, answer.text).toBe(200)
    const { cost, results } = parse(answer.body)
    expect(cost).toBe(searchPriceCredits)
    expect(results.map(({ id }) => id)).toEqual(filmIds)
    expect(results[0]?.score).toBeGreaterThanOrEqual(results[1]?.score ?? 1)
    expect(await user.balance()).toBe(10 - cost)
    expect(await user.held()).toBe(0)
    await expectSound()
  })

  test('that finds nothing costs nothing', async () => {
    const { user, search, expectSound } = await givenSearcher()
    const answer = await search({ year_from: 2090 })
    expect(parse(answer.body)).toMatchObject({ cost: 0, results: [] })
    expect(await user.balance()).toBe(10)
    await expectSound()
  })

  test('is refused to who cannot pay, with what is needed and what is there', async () => {
    const { search, expectSound } = await givenSearcher(0)
    const answer = await search({})
    expect(answer.status).toBe(402)
    expect(answer.body).toMatchObject({ needed_credits: searchPriceCredits, available_credits: 0 })
    await expectSound()
  })

  test('with the same key is the same answer, paid once', async () => {
    const { user, search } = await givenSearcher()
    const key = { 'idempotency-key': 'one' }
    const first = await search({}, key)
    const second = await search({}, key)
    expect(second.headers.get('idempotent-replayed')).toBe('true')
    expect(second.body).toEqual(first.body)
    expect(await user.balance()).toBe(10 - searchPriceCredits)
    expect((await search({ limit: 1 }, key)).status).toBe(422)
  })

  test('is a prediction that can be read back', async () => {
    const { user, search } = await givenSearcher()
    const { prediction_id, results } = parse((await search({})).body)
    const job = await callGateway('GET', `/predict/${prediction_id}`, { token: await user.token() })
    const films = results.map(({ id, title, year, score, why }) => ({ id, title, year, score, why }))
    expect(job.body).toMatchObject({ status: 'finished', result: 2, results: [{ value: 2, films }] })
  })

  test('that is not answered in time becomes a job, paid once, however late the encoder answers', async () => {
    const { user, expectSound } = await givenSearcher()
    const { ctx, answerLate } = lateContext(user.ctx)
    const answer = await recommend(ctx, { query: 'an otter', scope: everything, limit: 5 })
    if (answer.kind !== 'queued') throw new Error('it was answered')
    await answerLate()
    expect(await user.jobs()).toEqual([{ id: answer.jobId, status: 'queued' }])
    await runJob(answer.jobId)
    expect((await readRecommendation(user.ctx, answer.jobId))?.films.length).toBeGreaterThan(0)
    expect(await user.balance()).toBe(10 - searchPriceCredits)
    await expectSound()
  })

  test('whose encoder fails is left to the queue', async () => {
    const { user, expectSound } = await givenSearcher()
    const failing = { list: () => Promise.reject(new Error('down')), encode: () => Promise.reject(new Error('down')) }
    const { ctx } = lateContext(user.ctx)
    const answer = await recommend(
      { ...ctx, clock: systemClock, encoders: failing },
      { query: 'x', scope: everything, limit: 5 },
    )
    expect(answer.kind).toBe('queued')
    expect(await user.held()).toBe(searchPriceCredits)
    await expectSound()
  })

  test('may be asked for like any prediction: queued, run by the queue, paid and recorded the same', async () => {
    const { user, expectSound } = await givenSearcher()
    const token = await user.token()
    const data = { query: ['an otter and a lighthouse'], genres: [genre.toUpperCase()], year_to: [1960] }
    const submitted = await callGateway('POST', '/predict', { token, body: { model_name: 'movie_search', data } })
    const { job_id } = z.object({ job_id: z.string() }).parse(submitted.body)
    await runJob(job_id)
    const job = await callGateway('GET', `/predict/${job_id}`, { token })
    expect(job.body).toMatchObject({ status: 'finished', results: [{ value: 1, films: [{ id: filmIds[0] }] }] })
    expect(await user.balance()).toBe(10 - searchPriceCredits)
    expect((await readRecommendation(user.ctx, job_id))?.films).toHaveLength(1)
    await expectSound()
  })

  test.each([
    [{ query: '' }, '/query'],
    [{ query: 'x'.repeat(1_001) }, '/query'],
    [{ year_from: 2000, year_to: 1999 }, '/year_from'],
    [{ genres: ['Drama of nobody'] }, '/genres/0'],
    [{ limit: 0 }, '/limit'],
  ])('%j is refused by name', async (body, pointer) => {
    const { search } = await givenSearcher()
    const answer = await search(body)
    expect(answer.status).toBe(422)
    const { errors } = z.object({ errors: z.array(z.object({ pointer: z.string() })) }).parse(answer.body)
    expect(errors[0]?.pointer).toBe(pointer)
  })
})
