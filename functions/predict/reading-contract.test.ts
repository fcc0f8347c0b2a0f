import { z } from '@hono/zod-openapi'
import { beforeAll, describe, expect, test } from 'vitest'
import { callGateway } from '#shared/testing/gateway.ts'
import { givenCarPredictor } from '#shared/testing/predictors.ts'
import { carPredictor, givenQueuedJob, runJob } from '#shared/testing/things.ts'
import { givenUser } from '#shared/testing/users.ts'
import { hasServices } from '#shared/testing/world.ts'
import { exampleData } from './ask.ts'

const { predictorName, priceCredits } = carPredictor
const History = z.object({
  job_ids: z.array(z.string()),
  jobs: z.array(z.looseObject({ job_id: z.string() })).optional(),
  next_cursor: z.string().nullable(),
})

async function givenReader({ jobs = 0 } = {}) {
  const user = await givenUser({ credits: 100 })
  const token = await user.token()
  const jobIds: string[] = []
  for (let i = 0; i < jobs; i++) jobIds.unshift(await givenQueuedJob(token))
  return {
    token,
    /** Newest first. */
    jobIds,
    get: (path: string, body?: unknown) => callGateway('GET', path, { token, body }),
    history: async (query = '') => History.parse((await callGateway('GET', `/history${query}`, { token })).body),
  }
}

beforeAll(async () => {
  if (hasServices) await givenCarPredictor({ name: predictorName, priceCredits })
})

describe.skipIf(!hasServices)('GET /predict', () => {
  test('finds a job by query, by a JSON body and by its address alike', async () => {
    const { get, jobIds } = await givenReader({ jobs: 1 })
    const [job_id] = jobIds
    const byQuery = await get(`/predict?job_id=${job_id}`)
    expect(byQuery).toMatchObject({ status: 200, body: { job_id, status: 'queued' } })
    expect((await get('/predict', { job_id })).body).toEqual(byQuery.body)
    expect((await get(`/predict/${job_id}`)).body).toEqual(byQuery.body)
  })

  test('believes the query before the body', async () => {
    const { get, jobIds } = await givenReader({ jobs: 2 })
    const [newer, older] = jobIds
    expect(await get(`/predict?job_id=${newer}`, { job_id: older })).toMatchObject({ body: { job_id: newer } })
  })

  test.each([
    ['no id at all', undefined, 422, 'invalid_request', '/query/job_id'],
    ['a body without one', {}, 422, 'invalid_request', '/job_id'],
    ['a body that is no object', [], 422, 'invalid_request', ''],
    ['an id that is no text', { job_id: 7 }, 422, 'invalid_request', '/job_id'],
    ['a body that is no JSON', '{"job_id":', 400, 'malformed_request', undefined],
    ['an id of nothing', { job_id: `job_${'0'.repeat(32)}` }, 404, 'not_found', undefined],
    ['an id with a NUL', { job_id: 'job_\u0000' }, 400, 'malformed_request', undefined],
  ])('refuses %s', async (_, body, status, code, pointer) => {
    const { get } = await givenReader()
    const answer = await get('/predict', body)
    expect(answer).toMatchObject({ status, body: { code } })
    if (pointer !== undefined) expect(answer.body).toMatchObject({ errors: [{ pointer }] })
  })

  test('of somebody else’s job is not found', async () => {
    const { jobIds } = await givenReader({ jobs: 1 })
    const { get } = await givenReader()
    for (const path of [`/predict?job_id=${jobIds[0]}`, `/predict/${jobIds[0]}`])
      expect(await get(path)).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect((await get('/predict', { job_id: jobIds[0] })).status).toBe(404)
  })

  test('of a job that is as it was says so, and of one that has changed sends it', async () => {
    const { token, jobIds } = await givenReader({ jobs: 1 })
    const path = `/predict/${jobIds[0]}`
    const etag = (await callGateway('GET', path, { token })).headers.get('etag') ?? ''
    const again = () => callGateway('GET', path, { token, headers: { 'if-none-match': etag } })
    expect((await again()).status).toBe(304)
    await runJob(jobIds[0] ?? '')
    expect(await again()).toMatchObject({ status: 200, body: { status: 'finished' } })
  })
})

describe.skipIf(!hasServices)('GET /history', () => {
  test('lists ids newest first, page by page, each once, whatever comes in meanwhile', async () => {
    const { history, jobIds, token } = await givenReader({ jobs: 5 })
    expect(await history()).toEqual({ job_ids: jobIds, next_cursor: null })
    const seen: string[] = []
    for (let cursor: string | null = '', pages = 0; cursor !== null; pages++) {
      const page: z.infer<typeof History> = await history(`?limit=2${cursor && `&cursor=${cursor}`}`)
      expect(page.job_ids.length).toBe(pages < 2 ? 2 : 1)
      seen.push(...page.job_ids)
      cursor = page.next_cursor
      await givenQueuedJob(token)
    }
    expect(seen).toEqual(jobIds)
  })

  test('ends without a cursor where the last page is full', async () => {
    const { history, jobIds } = await givenReader({ jobs: 2 })
    expect(await history('?limit=2')).toEqual({ job_ids: jobIds, next_cursor: null })
  })

  test('gives the whole jobs on request, as they are one by one', async () => {
    const { history, get, jobIds } = await givenReader({ jobs: 2 })
    await runJob(jobIds[1] ?? '')
    const { jobs, job_ids } = await history('?expand=true')
    expect(job_ids).toEqual(jobIds)
    expect(jobs).toEqual([(await get(`/predict/${jobIds[0]}`)).body, (await get(`/predict/${jobIds[1]}`)).body])
    expect(await history('?expand=false')).not.toHaveProperty('jobs')
  })

  test('can be narrowed by status, model and time', async () => {
    const { history, jobIds } = await givenReader({ jobs: 3 })
    const [newest, middle, oldest] = jobIds
    await runJob(middle ?? '')
    const ids = async (query: string) => (await history(query)).job_ids
    expect(await ids('?status=finished')).toEqual([middle])
    expect(await ids('?status=queued')).toEqual([newest, oldest])
    expect(await ids('?status=queued,finished')).toEqual(jobIds)
    expect(await ids('?status=running')).toEqual([])
    expect(await ids(`?model_name=${predictorName}`)).toEqual(jobIds)
    expect(await ids('?model_name=crystal_ball')).toEqual([])
    expect(await ids('?created_from=2000-01-01T00:00:00Z')).toEqual(jobIds)
    expect(await ids('?created_before=2000-01-01T00:00:00Z')).toEqual([])
    expect(await ids(`?created_from=${encodeURIComponent('2000-01-01T00:00:00+14:00')}&status=finished`)).toEqual([
      middle,
    ])
  })

  test('can be searched by what is known of a job: id, model, or a word of the input', async () => {
    const { history, jobIds, token } = await givenReader({ jobs: 2 })
    const body = { model_name: predictorName, data: { ...exampleData(), fueltype: ['diesel'] } }
    const odd = z.object({ job_id: z.string() }).parse((await callGateway('POST', '/predict', { token, body })).body)
    const ids = async (words: string) => (await history(`?search=${encodeURIComponent(words)}`)).job_ids
    expect(await ids(jobIds[0]?.slice(-12) ?? '')).toEqual([jobIds[0]])
    expect(await ids('FOREST')).toEqual([odd.job_id, ...jobIds])
    expect(await ids(' Diesel ')).toEqual([odd.job_id])
    for (const wild of ['die%l', 'di_sel', 'diesel\\']) expect(await ids(wild)).toEqual([])
    expect(await ids('crystal ball')).toEqual([])
    expect(await ids('')).toEqual([odd.job_id, ...jobIds])
  })

  test('of a newcomer is empty', async () => {
    expect(await (await givenReader()).history()).toEqual({ job_ids: [], next_cursor: null })
  })
})
