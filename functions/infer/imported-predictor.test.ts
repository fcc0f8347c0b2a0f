import { z } from '@hono/zod-openapi'
import { describe, expect, test } from 'vitest'
import { registerVersion } from '#functions/predict/register-version.ts'
import { importModel } from '#models/_import/import-model.ts'
import { foreignModel, golden } from '#models/_import/testing/foreign-models.ts'
import { createModelRuntime } from '#models/_runtime/model-runtime.ts'
import { nodeOrt } from '#models/_runtime/ort-node.ts'
import { signedDelivery } from '#shared/testing/call.ts'
import { createTestGateway } from '#shared/testing/gateway.ts'
import { givenUser, testContext } from '#shared/testing/users.ts'
import { hasServices } from '#shared/testing/world.ts'

const models = createModelRuntime({ ort: nodeOrt })
const rowCount = Object.values(golden.columns)[0]?.length ?? 0

const Row = z.strictObject({
  value: z.number(),
  interval: z.object({ lower: z.number(), upper: z.number(), coverage: z.number() }).optional(),
  label: z.string().optional(),
  probabilities: z.record(z.string(), z.number()).optional(),
})
const Job = z.object({ status: z.string(), price: z.number(), result: z.number(), results: z.array(Row) })
const Models = z.object({ models: z.array(z.looseObject({ model_name: z.string() })) })

/** An imported model on offer, under a name of this run's own, and an isolate that has not read what is on offer yet. */
async function givenImported(name: string, check?: string) {
  const { bytes, manifest } = foreignModel(name)
  const draft = { ...manifest, name: `${name}_${process.pid}_${Date.now().toString(36)}` }
  const model = await importModel({ bytes, draft, priceCredits: 2, ort: nodeOrt, ...(check && { check }) })
  await registerVersion(testContext(), model, 'test')
  return { name: model.manifest.name, gateway: createTestGateway({ models }) }
}

/** Asks for all golden rows, delivers the job as the queue does, and reads what came of it. */
async function ask(token: string, { name, gateway }: Awaited<ReturnType<typeof givenImported>>) {
  const body = { model_name: name, data: golden.columns }
  const accepted = await gateway.call('POST', '/predict', { token, body })
  const { job_id } = z.object({ job_id: z.string() }).parse(accepted.body)
  await gateway.call('POST', '/infer', await signedDelivery({ path: '/infer', body: { job_id } }))
  return Job.parse((await gateway.call('GET', `/predict/${job_id}`, { token })).body)
}

describe.skipIf(!hasServices)('predictors from elsewhere', () => {
  test.each(['sklearn_mixed_boosting', 'lightgbm_categorical', 'xgboost_regressor', 'catboost_regressor'])(
    'a job for %s is paid, run and answered with what the library itself predicts',
    async (name) => {
      const user = await givenUser({ credits: 200 })
      const { status, price, results } = await ask(await user.token(), await givenImported(name))
      expect([status, price, await user.balance()]).toEqual(['finished', 2 * rowCount, 200 - 2 * rowCount])
      const expected = foreignModel(name).expected.map(([value = Number.NaN]) => value)
      for (const [row, { value, ...others }] of results.entries()) {
        expect(value / (expected[row] ?? Number.NaN)).toBeCloseTo(1, 5)
        expect(others).toEqual({})
      }
    },
  )

  test('a classification is listed with its classes and answered with their probabilities', async () => {
    const user = await givenUser({ credits: 200 })
    const token = await user.token()
    const imported = await givenImported('catboost_multiclass')
    const { gateway } = imported
    const listed = Models.parse((await gateway.call('GET', '/predictors', { token })).body)
    const model = listed.models.find(({ model_name }) => model_name === imported.name)
    expect(model).toMatchObject({ task: 'classification', classes: ['good', 'poor', 'ruin'] })
    expect(model).not.toHaveProperty('interval')
    const { result, results } = await ask(token, imported)
    for (const [row, numbers] of foreignModel('catboost_multiclass').expected.entries()) {
      const { value = 0, label = '', probabilities = {} } = results[row] ?? {}
      const [good = 0, poor = 0, ruin = 0] = numbers
      expect(probabilities.good).toBeCloseTo(good, 5)
      expect(probabilities.ruin).toBeCloseTo(ruin, 5)
      expect([value, probabilities[label]]).toEqual([probabilities[label], Math.max(...Object.values(probabilities))])
      expect(value).toBeCloseTo(Math.max(good, poor, ruin), 5)
    }
    expect(result).toBe(results[0]?.value)
  })

  test('a model that was judged by rows with their truth answers with an interval', async () => {
    const user = await givenUser({ credits: 200 })
    const names = Object.keys(golden.columns)
    const lines = golden.truth.price?.map((truth, row) => [...names.map((name) => golden.columns[name]?.[row]), truth])
    const check = [[...names, 'price'], ...(lines ?? [])].map((cells) => cells.join(',')).join('\n')
    const { results } = await ask(await user.token(), await givenImported('xgboost_regressor', check))
    for (const { value, interval } of results) {
      expect(interval?.coverage).toBe(0.9)
      expect(interval?.lower).toBeLessThan(value)
      expect(interval?.upper).toBeGreaterThan(value)
    }
  })
})
