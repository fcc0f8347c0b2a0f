import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '#db/client.ts'
import { reconcile } from '#functions/balance/reconcile.ts'
import { type Embedded, startEmbedded } from '#infra/local/embedded.ts'
import { answering, givenReceiver } from '#shared/testing/receiver.ts'
import { createApiClient, type Person } from './lib/api-client.ts'
import { exampleCar } from './lib/example-car.ts'
import { seedModels } from './lib/seed-models.ts'

const stateDir = mkdtempSync(join(tmpdir(), 'auspex-e2e-'))
let running: Embedded
/** 0: any free one, at the first start; the same again afterwards, since tokens name the address that issued them. */
let publicPort = 0

/** The very functions that are deployed, in the runtime that they are deployed to, on embedded services. */
async function start() {
  running = await startEmbedded({
    stateDir,
    publicPort,
    environment: { LOG_LEVEL: 'warn' },
    seed: (seeding) => seedModels(seeding, join(stateDir, 'artefacts'), () => {}),
  })
  publicPort = Number(new URL(running.publicUrl).port)
}

beforeAll(start, 120_000)
afterAll(async () => {
  await running.close()
  rmSync(stateDir, { recursive: true, force: true })
})

const client = () => createApiClient(running.publicUrl)
const newPerson = (credits: number) => client().register(credits)
const ask = (person: Person, model: string, headers = {}) =>
  person.post('/predict', { model_name: model, data: exampleCar(1) }, headers)

const database = () => createDatabase(running.env.DATABASE_URL ?? '', running.env.NEON_FETCH_ENDPOINT)
const violations = async () => (await reconcile({ db: database() })).violations

test('every predictor of a price answers through queue and Worker, is paid once, and can be read back', async () => {
  const person = await newPerson(100)
  const { models } = await person.get('/predictors')
  const names = models.map((model: { model_name: string }) => model.model_name)
  expect(names).toEqual(['linear_regression', 'random_forest', 'gradient_boosting', 'movie_search'])
  let left = 100
  for (const { model_name, price, artefact_sha256 } of models.slice(0, -1)) {
    const { job_id } = await ask(person, model_name)
    const job = await person.get(`/predict/${job_id}`, { prefer: 'wait=20' })
    expect(job).toMatchObject({ status: 'finished', model_name, price, artefact_sha256, attempts: 1, rows: 1 })
    expect(job.result).toBeGreaterThan(job.results[0].interval.lower)
    expect(job.result).toBeLessThan(job.results[0].interval.upper)
    left -= price
  }
  expect(await person.get('/balance')).toEqual({ amount: left, held: 0 })
  const { items } = await person.get('/balance/entries?limit=100')
  expect(items.reduce((sum: number, entry: { amount: number }) => sum + entry.amount, 0)).toBe(left)
})

test('the end of a job is told by webhook, signed as Standard Webhooks says, and by server-sent events', async () => {
  await using receiver = await givenReceiver(answering(204))
  const person = await newPerson(100)
  const { secret } = await person.post('/webhooks', { url: receiver.url })
  const { job_id } = await ask(person, 'linear_regression')
  const events = await person.text(`/predict/${job_id}/events`)
  expect(events).toContain('"status":"finished"')
  await expect.poll(() => receiver.received.length, { timeout: 20_000 }).toBe(1)
  const [message] = receiver.received
  const headers = Object.fromEntries(
    Object.entries(message?.headers ?? {}).map(([name, value]) => [name, String(value)]),
  )
  expect(new Webhook(secret).verify(message?.body ?? '', headers)).toMatchObject({
    type: 'job.finished',
    data: { job_id },
  })
})

test('the runtime dies again and again under load, and every job ends, paid once or given back', async () => {
  const person = await newPerson(2_000)
  const jobs: string[] = []
  for (let round = 0; round < 3; round++) {
    const asked = await Promise.allSettled(Array.from({ length: 12 }, () => ask(person, 'linear_regression')))
    for (const outcome of asked) if (outcome.status === 'fulfilled') jobs.push(outcome.value.job_id)
    process.kill(-running.functions.pid(), 'SIGKILL')
    await client().untilReachable()
  }
  // What was lost with the runtime waits for its lease, or for the next round of the sweep: time is let pass in the rows.
  await database()
    .$client`update jobs set updated_at = updated_at - interval '1 hour', lease_expires_at = lease_expires_at - interval '1 hour'
    where status in ('queued', 'running')`
  await running.functions.runScheduled('predict', '* * * * *')
  for (const jobId of jobs) {
    const { status } = await person.get(`/predict/${jobId}`, { prefer: 'wait=30' })
    expect(status).toBe('finished')
  }
  expect(await violations()).toEqual([])
})

test('what was there before a restart is there after it', async () => {
  const person = await newPerson(100)
  const { job_id } = await ask(person, 'random_forest')
  const before = await person.get(`/predict/${job_id}`, { prefer: 'wait=20' })
  await running.close()
  await start()
  const again = client().as(person)
  expect(await again.get(`/predict/${job_id}`)).toEqual(before)
  expect((await again.get('/balance')).amount).toBe(100 - before.price)
  expect(await violations()).toEqual([])
})
