import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { describe, expect, onTestFinished, test } from 'vitest'
import gateway from '#functions/gateway/index.ts'
import { givenSearchableFilms } from '#functions/movies/testing/searchable-films.ts'
import predict from '#functions/predict/index.ts'
import { startRedis } from '#infra/local/redis/start.ts'
import { call, signedDelivery, watchedExecution } from '#shared/testing/call.ts'
import { createTestGateway } from '#shared/testing/gateway.ts'
import { givenPredictor } from '#shared/testing/predictors.ts'
import { expectRefusal } from '#shared/testing/target.ts'
import { givenUser } from '#shared/testing/users.ts'
import { hasServices, testBindings } from '#shared/testing/world.ts'
import { type ParsedFamily, parseExposition } from './testing/parse-exposition.ts'

const Submitted = z.object({ job_id: z.string() })
const METRICS_TOKEN = 'a-token-for-scrapers'

/** A Redis of this test's own that every request is counted in, and an admin who reads it. */
async function givenCounting(bindings: object = {}) {
  const redis = await startRedis({ token: 'counts' })
  onTestFinished(() => redis.close().catch(() => {})) // a test may have closed it
  const own = { UPSTASH_REDIS_REST_URL: redis.url, UPSTASH_REDIS_REST_TOKEN: 'counts', METRICS_INTERVAL_MS: '1' }
  const all = { ...testBindings(), METRICS_TOKEN, ...own, ...bindings }
  const { call: callGateway } = createTestGateway({ bindings: all })
  const admin = await givenUser({ role: 'admin' })
  return {
    own,
    bindings: all,
    redis,
    call: callGateway,
    admin,
    async scrape(token?: string) {
      const answer = await callGateway('GET', '/metrics', { token: token ?? (await admin.token()) })
      expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
      return parseExposition(answer.text)
    },
  }
}

function numberOf(families: Map<string, ParsedFamily>, name: string, labels: Record<string, string> = {}) {
  const samples = [...families.values()].flatMap((family) => family.samples).filter((it) => it.name === name)
  const matching = samples.filter((it) => Object.entries(labels).every(([label, value]) => it.labels[label] === value))
  return matching.reduce((sum, { value }) => sum + value, 0)
}

describe.skipIf(!hasServices)('metrics', () => {
  test('count every request by its operation and how it ended, never by its path', async () => {
    const { call, scrape, admin } = await givenCounting()
    const token = await admin.token()
    for (const id of [1, 2, 3]) await call('GET', `/predict/job_${String(id).repeat(32)}`, { token })
    await call('GET', '/history', { token })
    await call('GET', '/history', { token: 'not-a-token' })
    await call('GET', '/history/nowhere', { token })
    const families = await scrape()
    const requests = (labels: Record<string, string>) => numberOf(families, 'auspex_http_requests_total', labels)
    expect(requests({ operation: 'getPrediction', status: '4xx', function: 'predict' })).toBe(3)
    expect(requests({ operation: 'listPredictions', status: '2xx' })).toBe(1)
    expect(requests({ operation: 'listPredictions', status: '4xx' })).toBe(1)
    expect(requests({ operation: 'none', status: '4xx' })).toBe(1)
    expect(requests({})).toBe(6)
    expect(numberOf(families, 'auspex_http_request_duration_seconds_count', { operation: 'getPrediction' })).toBe(3)
  })

  test('agree with what became of jobs, and with the ledger', async () => {
    const { call, scrape } = await givenCounting()
    const { predictorName } = await givenPredictor({ priceCredits: 3 })
    const user = await givenUser({ credits: 100 })
    const token = await user.token()
    const submit = async () => {
      const answer = await call('POST', '/predict', { token, body: { model_name: predictorName, data: { x: [1] } } })
      return Submitted.parse(answer.body).job_id
    }
    for (const _ of [1, 2]) {
      const path = '/infer'
      await call('POST', path, await signedDelivery({ path, body: { job_id: await submit() } }))
    }
    await call('POST', `/predict/${await submit()}/cancel`, { token })
    const families = await scrape()
    const predictor = predictorName
    const { rows } = await user.ctx.db.execute(sql`
      select kind, sum(amount_credits)::int as credits from ledger_entries
      where user_id = ${user.userId} and kind in ('capture', 'release') group by kind order by kind`)
    expect(rows).toEqual([
      { kind: 'capture', credits: numberOf(families, 'auspex_credits_settled_total', { predictor, kind: 'captured' }) },
      { kind: 'release', credits: numberOf(families, 'auspex_credits_settled_total', { predictor, kind: 'released' }) },
    ])
    expect(numberOf(families, 'auspex_jobs_ended_total', { predictor, status: 'finished' })).toBe(2)
    expect(numberOf(families, 'auspex_jobs_ended_total', { predictor, status: 'cancelled' })).toBe(1)
    expect(numberOf(families, 'auspex_job_wait_seconds_count', { predictor })).toBe(2)
    expect(numberOf(families, 'auspex_job_run_seconds_count', { predictor })).toBe(2)
    expect(numberOf(families, 'auspex_http_requests_total', { operation: 'runJob' })).toBe(2)
  })

  test('count searches by what they found, and time their parts', async () => {
    const { call, scrape } = await givenCounting()
    await givenSearchableFilms()
    const token = await (await givenUser({ credits: 10 })).token()
    const search = (body: object) => call('POST', '/recommend', { token, body })
    const answer = await search({ query: 'somebody steals a car' })
    const { results } = z.object({ results: z.array(z.unknown()) }).parse(answer.body)
    await search({ query: 'somebody steals a car', year_from: 1890, year_to: 1890 })
    await call('GET', '/recommendations/movies', { token })
    const families = await scrape()
    const kind = 'query'
    expect(numberOf(families, 'auspex_searches_total', { kind, outcome: 'found' })).toBe(1)
    expect(numberOf(families, 'auspex_searches_total', { kind, outcome: 'nothing' })).toBe(1)
    expect(numberOf(families, 'auspex_searches_total', { kind: 'personal' })).toBe(1)
    expect(numberOf(families, 'auspex_search_results_sum', { kind })).toBe(results.length)
    for (const part of ['encode', 'find', 'whole'])
      expect(numberOf(families, 'auspex_search_duration_seconds_count', { kind, part })).toBe(2)
    expect(numberOf(families, 'auspex_encoded_texts_total', { purpose: 'query' })).toBe(2)
    expect(numberOf(families, 'auspex_encode_duration_seconds_count', { outcome: 'done' })).toBe(2)
  })

  test('tell what there is, as the database has it', async () => {
    const { scrape } = await givenCounting()
    const families = await scrape()
    expect(numberOf(families, 'auspex_users')).toBeGreaterThan(0)
    expect(families.get('auspex_jobs_open')?.samples.map(({ labels }) => labels.status)).toEqual(['queued', 'running'])
    expect(numberOf(families, 'auspex_source_up')).toBe(2)
  })

  test('count runs of crons', async () => {
    const { scrape, bindings } = await givenCounting()
    const { execution, settled } = watchedExecution()
    await predict.scheduled({}, bindings, execution)
    await settled()
    const labels = { function: 'predict', operation: 'sweepJobs', outcome: 'done' }
    expect(numberOf(await scrape(), 'auspex_cron_runs_total', labels)).toBe(1)
  })

  test('count what the gateway answers itself, and functions that it cannot reach', async () => {
    const { scrape, own } = await givenCounting()
    const broken = { fetch: () => Promise.reject(new Error('no such worker')) }
    const names = ['AUTH', 'BALANCE', 'PREDICT', 'INFER', 'METRICS', 'MOVIES', 'BOT', 'ASSETS']
    const bindings = { ...Object.fromEntries(names.map((name) => [name, broken])), LOG_LEVEL: 'error', ...own }
    await call(gateway, 'GET', '/problems/not_found', { bindings })
    expect(await call(gateway, 'GET', '/history', { bindings })).toMatchObject({ status: 500 })
    const families = await scrape()
    const requests = (operation: string, status: string) =>
      numberOf(families, 'auspex_http_requests_total', { function: 'gateway', operation, status })
    expect(requests('/problems/:code', '2xx')).toBe(1)
    expect(requests('unreached PREDICT', '5xx')).toBe(1)
  })

  test('are read by admins and by whoever has the token of scrapers, and the token opens nothing else', async () => {
    const { call, scrape } = await givenCounting()
    expect((await scrape(METRICS_TOKEN)).size).toBeGreaterThan(0)
    for (const path of ['/errors', '/dead_letters', '/metrics/operations'])
      expectRefusal(await call('GET', path, { token: METRICS_TOKEN }), { status: 401 })
    expectRefusal(await call('GET', '/metrics'), { status: 401 })
    expectRefusal(await call('GET', '/metrics', { token: `${METRICS_TOKEN}x` }), { status: 401 })
    const expert = await givenUser({ role: 'expert' })
    expectRefusal(await call('GET', '/metrics', { token: await expert.token() }), { status: 403 })
  })

  test('without a token set, none is good', async () => {
    const { call } = await givenCounting({ METRICS_TOKEN: '' })
    for (const token of ['', 'undefined', METRICS_TOKEN])
      expectRefusal(await call('GET', '/metrics', { headers: { authorization: `Bearer ${token}` } }), { status: 401 })
  })

  test('a request does not suffer from Redis being away, and what was counted meanwhile is not lost', async () => {
    const { call, bindings, scrape, admin, redis } = await givenCounting()
    const token = await admin.token()
    const port = Number(new URL(redis.url).port)
    await redis.close()
    expect(await call('GET', '/history', { token })).toMatchObject({ status: 200 })
    const again = await startRedis({ token: bindings.UPSTASH_REDIS_REST_TOKEN, port })
    onTestFinished(() => again.close())
    expect(await call('GET', '/history', { token })).toMatchObject({ status: 200 })
    expect(numberOf(await scrape(), 'auspex_http_requests_total', { operation: 'listPredictions' })).toBe(2)
  })

  test('without Redis what the database holds is still told', async () => {
    const { scrape, redis } = await givenCounting()
    await redis.close()
    const families = await scrape()
    expect(numberOf(families, 'auspex_source_up', { source: 'redis' })).toBe(0)
    expect(numberOf(families, 'auspex_users')).toBeGreaterThan(0)
  })

  test('say of every operation how long it takes', async () => {
    const { call, admin } = await givenCounting()
    const token = await admin.token()
    for (const _ of [1, 2, 3]) await call('GET', '/history', { token })
    await call('GET', '/history?limit=0', { token })
    const { body } = await call('GET', '/metrics/operations', { token })
    expect(body).toEqual({
      items: [
        expect.objectContaining({ function: 'predict', operation: 'listPredictions', requests: 4, client_errors: 1 }),
      ],
    })
  })
})
