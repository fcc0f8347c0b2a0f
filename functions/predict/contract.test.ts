import { z } from '@hono/zod-openapi'
import { beforeAll, describe, expect, test } from 'vitest'
import { ModelError } from '#models/_runtime/model-error.ts'
import type { ModelRuntime } from '#models/_runtime/model-runtime.ts'
import { signedDelivery } from '#shared/testing/call.ts'
import { callGateway, countingModels, createTestGateway } from '#shared/testing/gateway.ts'
import { givenCarPredictor } from '#shared/testing/predictors.ts'
import { carPredictor, givenQueuedJob, runJob } from '#shared/testing/things.ts'
import { givenUser } from '#shared/testing/users.ts'
import { hasServices } from '#shared/testing/world.ts'
import { exampleData } from './ask.ts'

const { predictorName: model_name, priceCredits } = carPredictor
const rowsOf = (count: number) =>
  Object.fromEntries(Object.entries(exampleData()).map(([name, [value]]) => [name, Array(count).fill(value)]))

const Job = z.object({
  job_id: z.string(),
  status: z.enum(['queued', 'running', 'finished', 'failed', 'cancelled']),
  model_name: z.string(),
  created_at: z.iso.datetime(),
  finished_at: z.iso.datetime().nullable(),
  result: z.number().nullable(),
  results: z.array(z.object({ value: z.number() })).nullable(),
  version_id: z.string(),
  artefact_sha256: z.string().length(64),
  queue_ms: z.number().nullable(),
  run_ms: z.number().nullable(),
})

async function givenCaller(credits = 100) {
  const user = await givenUser({ credits })
  const token = await user.token()
  return {
    ...user,
    token,
    submit: (data: object, model = model_name) =>
      callGateway('POST', '/predict', { token, body: { model_name: model, data } }),
    read: async (jobId: string) => Job.parse((await callGateway('GET', `/predict?job_id=${jobId}`, { token })).body),
  }
}

/** Delivers a job to a function whose model does as the test wants. */
async function runWith(predict: ModelRuntime['predict'], jobId: string) {
  const gateway = createTestGateway({ models: { ...countingModels, predict } })
  return gateway.call('POST', '/infer', await signedDelivery({ path: '/infer', body: { job_id: jobId } }))
}

beforeAll(async () => {
  if (hasServices) await givenCarPredictor({ name: model_name, priceCredits })
})

describe.skipIf(!hasServices)('GET /predictors', () => {
  test('says what each model costs, how good it is, and what it takes', async () => {
    const { token } = await givenCaller()
    const answer = await callGateway('GET', '/predictors', { token })
    const Feature = z.object({ name: z.string(), type: z.string(), default: z.union([z.number(), z.string()]) })
    const Numeric = Feature.extend({ range: z.tuple([z.number(), z.number()]) })
    const Choice = Feature.extend({ choices: z.array(z.string()) })
    const Model = z.object({
      model_name: z.string(),
      price: z.int(),
      quality: z.object({ r2: z.number() }),
      version: z.int(),
      updated_at: z.iso.datetime(),
      features: z.array(z.union([Numeric, Choice])),
    })
    const { models } = z.object({ models: z.array(z.unknown()) }).parse(answer.body)
    const cars = Model.parse(
      models.find((each) => z.object({ model_name: z.string() }).parse(each).model_name === model_name),
    )
    expect(cars).toMatchObject({ price: priceCredits, version: 1 })
    expect(cars.features).toHaveLength(24)
    expect(cars.features).toContainEqual(expect.objectContaining({ name: 'horsepower', range: [48, 262] }))
    expect(cars.features).toContainEqual(expect.objectContaining({ name: 'fueltype', choices: ['diesel', 'gas'] }))
  })

  test('is not sent again to who has it', async () => {
    const { token } = await givenCaller()
    const first = await callGateway('GET', '/predictors', { token })
    const etag = first.headers.get('etag') ?? ''
    for (const known of [etag, `"x", W/${etag}`, '*']) {
      const again = await callGateway('GET', '/predictors', { token, headers: { 'if-none-match': known } })
      expect(again).toMatchObject({ status: 304, text: '' })
    }
  })
})

describe.skipIf(!hasServices)('POST /predict', () => {
  test('answers at once with the id of a queued job, and holds its price', async () => {
    const caller = await givenCaller()
    const answer = await caller.submit(exampleData())
    const { job_id } = z.strictObject({ job_id: z.string() }).parse(answer.body)
    expect(answer.status).toBe(202)
    expect(answer.headers.get('location')).toBe(`/predict/${job_id}`)
    expect(await caller.read(job_id)).toMatchObject({
      job_id,
      status: 'queued',
      model_name,
      result: null,
      finished_at: null,
    })
    expect(await caller.balance()).toBe(100 - priceCredits)
  })

  test('says what is needed and what is there when the credits do not suffice', async () => {
    const caller = await givenCaller(priceCredits * 2 - 1)
    const answer = await caller.submit(rowsOf(2))
    expect(answer).toMatchObject({
      status: 402,
      body: { code: 'insufficient_credits', needed_credits: priceCredits * 2, available_credits: priceCredits * 2 - 1 },
    })
    expect(await caller.balance()).toBe(priceCredits * 2 - 1)
    expect(await caller.jobs()).toEqual([])
  })

  test('names the models that there are when there is none of that name', async () => {
    const caller = await givenCaller()
    const answer = await caller.submit(exampleData(), 'crystal_ball')
    expect(answer).toMatchObject({
      status: 404,
      body: { code: 'not_found', available: expect.arrayContaining([model_name]) },
    })
  })

  const wrong: [string, object, string, string][] = [
    ['a missing column', { horsepower: undefined }, '/data/horsepower', 'missing_column'],
    ['an unknown column', { colour: ['red'] }, '/data/colour', 'unknown_column'],
    ['a column named like nothing else', { constructor: [1] }, '/data/constructor', 'unknown_column'],
    ['a word for a number', { horsepower: ['68'] }, '/data/horsepower/0', 'wrong_type'],
    ['a number for a word', { fueltype: [1] }, '/data/fueltype/0', 'wrong_type'],
    ['a number out of its range', { horsepower: [100_000] }, '/data/horsepower/0', 'out_of_range'],
    ['a word that is no choice', { fueltype: ['steam'] }, '/data/fueltype/0', 'unknown_choice'],
    ['a fraction where there are none', { symboling: [0.5] }, '/data/symboling/0', 'not_an_integer'],
    ['nothing where there must be something', { fueltype: [null] }, '/data/fueltype/0', 'missing_value'],
    ['a column without rows', { stroke: [] }, '/data/stroke', 'empty_column'],
    ['a column with more rows than the others', { stroke: [3, 3] }, '/data/stroke', 'unequal_lengths'],
    ['a value that is no column', { stroke: 3 }, '/data/stroke', 'not_an_array'],
  ]
  test.each(wrong)('names %s', async (_, change, pointer, code) => {
    const caller = await givenCaller()
    const answer = await caller.submit({ ...exampleData(), ...change })
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_request', errors: [{ pointer, code }] } })
    expect(await caller.balance()).toBe(100)
    expect(await caller.jobs()).toEqual([])
  })

  test('names all that is wrong at once', async () => {
    const caller = await givenCaller()
    const answer = await caller.submit({
      ...rowsOf(2),
      horsepower: undefined,
      fueltype: ['gas', 'steam'],
      colour: ['red'],
    })
    const { errors } = z.object({ errors: z.array(z.object({ pointer: z.string() })) }).parse(answer.body)
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual([
      '/data/colour',
      '/data/fueltype/1',
      '/data/horsepower',
    ])
  })

  test.each([
    ['left out', {}],
    ['known', { CarName: ['toyota corolla'] }],
    ['not known', { CarName: [null] }],
  ])('takes a car whose name is %s', async (_, name) => {
    expect((await (await givenCaller()).submit({ ...exampleData(), ...name })).status).toBe(202)
  })
})

describe.skipIf(!hasServices)('a job', () => {
  test('ends with one result a row, is paid once, and says what made it', async () => {
    const caller = await givenCaller()
    const { job_id } = z.object({ job_id: z.string() }).parse((await caller.submit(rowsOf(3))).body)
    for (let delivery = 0; delivery < 2; delivery++) expect((await runJob(job_id)).status).toBe(200)
    const job = await caller.read(job_id)
    expect(job).toMatchObject({ status: 'finished', result: 1000, run_ms: 1, finished_at: expect.any(String) })
    expect(job.results?.map(({ value }) => value)).toEqual([1000, 1001, 1002])
    expect(await caller.balance()).toBe(100 - 3 * priceCredits)
    expect(await caller.held()).toBe(0)
  })

  test('is running while its model runs', async () => {
    const caller = await givenCaller()
    const jobId = await givenQueuedJob(caller.token)
    await runWith(async (...asked) => {
      expect(await caller.read(jobId)).toMatchObject({ status: 'running', result: null, finished_at: null })
      return countingModels.predict(...asked)
    }, jobId)
    expect(await caller.read(jobId)).toMatchObject({ status: 'finished' })
  })

  test('that fails for good costs nothing', async () => {
    const caller = await givenCaller()
    const jobId = await givenQueuedJob(caller.token)
    await runWith(() => Promise.reject(new ModelError('no', { retryable: false })), jobId)
    expect(await caller.read(jobId)).toMatchObject({ status: 'failed', result: null, results: null })
    expect(await caller.balance()).toBe(100)
  })

  test('that is cancelled before it starts costs nothing, and stays cancelled', async () => {
    const caller = await givenCaller()
    const jobId = await givenQueuedJob(caller.token)
    const cancel = () => callGateway('POST', `/predict/${jobId}/cancel`, { token: caller.token })
    expect(await cancel()).toMatchObject({ status: 200, body: { status: 'cancelled' } })
    expect((await cancel()).status).toBe(200)
    await runJob(jobId)
    expect(await caller.read(jobId)).toMatchObject({ status: 'cancelled', result: null })
    expect(await caller.balance()).toBe(100)
  })
})
