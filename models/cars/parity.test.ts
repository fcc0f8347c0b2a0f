import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { startWorker } from '#infra/local/workerd/testing/one-worker.ts'
import { predictRows } from '../_regression/served-model.ts'
import type { TrainedRegressor } from '../_regression/train-regressor.ts'
import { encodeFeeds } from '../_runtime/encode-feeds.ts'
import { createModelRuntime, type Prediction } from '../_runtime/model-runtime.ts'
import { nodeOrt } from '../_runtime/ort-node.ts'
import { type ExplainedRow, readRows } from '../_runtime/read-rows.ts'
import { expectSameRows } from '../_runtime/testing/expect-same-rows.ts'
import { findPython, startPython } from '../_runtime/testing/python.ts'
import { difficultCars, readCarsFile, trainForTests } from './testing/trained-cars.ts'
import { carFeatureTable } from './train.ts'

const python = await findPython()
let models: TrainedRegressor[]
let cars: Awaited<ReturnType<typeof difficultCars>>
let expected: Map<string, ExplainedRow[]>

beforeAll(async () => {
  models = await trainForTests()
  cars = await difficultCars()
  expected = new Map(
    models.map(({ trained: { manifest }, served }) => [
      manifest.name,
      predictRows(served, carFeatureTable(manifest.features, cars)),
    ]),
  )
})

test('onnxruntime-web in Node gives the numbers of the TypeScript predictors, known or unknown, well or badly spelt', async () => {
  const runtime = createModelRuntime({ ort: nodeOrt })
  for (const { trained } of models) {
    const { sha256, manifest, artefact } = trained
    const { rows } = await runtime.predict({ sha256, load: async () => artefact }, manifest, cars.columns)
    expectSameRows(rows, expected.get(manifest.name) ?? [])
  }
  runtime.release()
})

test('a misspelt make costs what the make costs', () => {
  for (const { trained, served } of models) {
    const spelt = (names: string[]) =>
      predictRows(
        served,
        carFeatureTable(trained.manifest.features, {
          rows: names.length,
          columns: Object.fromEntries(
            Object.entries(cars.columns).map(([name, values]) => [
              name,
              name === 'CarName' ? names : names.map(() => values[100] ?? null),
            ]),
          ),
        }),
      ).map(({ value }) => value)
    expect(new Set(spelt(['toyota', 'toyouta tercel', 'TOYOTA', ' Toyota corolla'])).size).toBe(1)
    expect(new Set(spelt(['volkswagen', 'vokswagen rabbit', 'vw'])).size).toBe(1)
    expect(new Set(spelt(['nissan', 'Nissan versa'])).size).toBe(1)
    expect(new Set(spelt(['toyota', 'porcshce', 'maxda'])).size).toBe(3)
  }
})

test('baseline + contributions = price, and the interval is around it', () => {
  for (const { trained, served } of models) {
    for (const { value, interval, contributions } of expected.get(trained.manifest.name) ?? []) {
      const sum = Object.values(contributions).reduce((a, b) => a + b, served.full.model.baseline)
      expect(sum).toBeCloseTo(value, 5)
      expect(interval.lower).toBeLessThan(value)
      expect(interval.upper).toBeGreaterThan(value)
    }
  }
})

test.skipIf(python === undefined)("Python's onnxruntime gives the same numbers", async () => {
  const { run, stop } = startPython(python ?? '')
  for (const { trained } of models) {
    const { manifest, artefact } = trained
    const outputs = await run(artefact, encodeFeeds(manifest, cars.columns, cars.rows))
    const tensors = Object.fromEntries(
      Object.entries(outputs).map(([name, values]) => [name, { data: Float32Array.from(values), dims: [] }]),
    )
    expectSameRows(readRows(manifest, cars.rows, tensors), expected.get(manifest.name) ?? [])
  }
  stop()
})

test.runIf(python === undefined)("Python's onnxruntime is not here, so its numbers were NOT compared", () => {
  process.stderr.write('No Python with onnxruntime was found: set AUSPEX_PYTHON to compare its numbers.\n')
})

test('the Workers runtime gives the same numbers', async () => {
  await using worker = await startWorker('models/_runtime/testing/parity-worker.ts')
  for (const { trained } of models) {
    const { manifest, artefact, sha256 } = trained
    await fetch(worker.url, { method: 'PUT', body: Uint8Array.from(artefact) })
    const question = JSON.stringify({ sha256, manifest, columns: cars.columns })
    const response = await fetch(worker.url, { method: 'POST', body: question })
    expect(response.status).toBe(200)
    const { rows } = Answer.parse(await response.json())
    expectSameRows(rows, expected.get(manifest.name) ?? [])
  }
})

test('a training in the Workers runtime makes the very same artefacts', async () => {
  await using worker = await startWorker('models/cars/testing/training-worker.ts')
  const response = await fetch(worker.url, { method: 'POST', body: await readCarsFile() })
  expect(await response.json()).toEqual(models.map(({ trained }) => trained.sha256))
})

const Answer: z.ZodType<Prediction> = z.object({
  rows: z.array(
    z.object({
      value: z.number(),
      interval: z.object({ lower: z.number(), upper: z.number(), coverage: z.number() }),
      contributions: z.record(z.string(), z.number()),
    }),
  ),
  timings: z.object({ cold: z.boolean(), loadMs: z.number(), runMs: z.number() }),
})
