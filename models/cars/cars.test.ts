import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { Value } from '../_runtime/manifest.ts'
import { createModelRuntime } from '../_runtime/model-runtime.ts'
import { nodeOrt } from '../_runtime/ort-node.ts'
import { expectSameRows } from '../_runtime/testing/expect-same-rows.ts'
import type { TrainedModel } from '../_runtime/trained-model.ts'
import { validateColumns } from '../_runtime/validate-columns.ts'
import { renderCarCard } from './card.ts'
import { parseCars, pricedCars } from './features.ts'
import { Golden } from './golden.ts'
import { readCarsFile } from './testing/trained-cars.ts'
import { trainCars } from './train.ts'

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const peersFile = beside('../../../shared/peers/carprice.csv')
let models: TrainedModel[]

beforeAll(async () => {
  models = await trainCars({ csv: await readCarsFile() })
}, 180_000)

const metric = (name: string, key: string) =>
  models.find(({ manifest }) => manifest.name === name)?.metrics[key] ?? Number.NaN

test('the file has 205 cars, of which four have no price, and what is not known is null', async () => {
  const all = parseCars(await readCarsFile())
  expect([all.rows, pricedCars(all).rows]).toEqual([205, 201])
  const unknown = Object.entries(all.columns).map(([name, values]) => [
    name,
    values.filter((value) => value === null).length,
  ])
  expect(Object.fromEntries(unknown.filter(([, count]) => count !== 0))).toEqual({
    doornumber: 2,
    boreratio: 4,
    stroke: 4,
    horsepower: 2,
    peakrpm: 2,
  })
  expect(() => parseCars('1,2,3')).toThrow('line 1 has 3 of 26 columns')
})

test('all predictors are as good as they must be', () => {
  expect(metric('linear_regression', 'r2')).toBeGreaterThan(0.87)
  expect(metric('random_forest', 'r2')).toBeGreaterThan(0.92)
  expect(metric('gradient_boosting', 'r2')).toBeGreaterThan(0.92)
  for (const { metrics } of models) {
    expect(metrics.mae).toBeLessThan(1500)
    expect(metrics.interval_coverage).toBeGreaterThan(0.88)
    expect(metrics.interval_coverage_without_optional).toBeGreaterThan(0.88)
  }
})

test('the best predictor costs most', () => {
  const byQuality = models.toSorted((a, b) => (a.metrics.r2 ?? 0) - (b.metrics.r2 ?? 0))
  expect(byQuality.map(({ priceCredits }) => priceCredits)).toEqual([5, 10, 15])
})

test('the same seed gives the very artefacts that the card and the golden cases were written from', async () => {
  const golden = Golden.parse(JSON.parse(await readFile(beside('golden.json'), 'utf8')))
  expect(models.map(({ manifest, sha256 }) => [manifest.name, sha256])).toEqual(
    Object.entries(golden.predictors).map(([name, { sha256 }]) => [name, sha256]),
  )
  expect(await readFile(beside('card.md'), 'utf8')).toBe(renderCarCard(models))
  const runtime = createModelRuntime({ ort: nodeOrt })
  for (const { artefact, sha256, manifest } of models) {
    const checked = validateColumns(manifest, golden.cases)
    if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
    const { rows } = await runtime.predict({ sha256, load: async () => artefact }, manifest, checked.columns)
    expectSameRows(rows, golden.predictors[manifest.name]?.rows ?? [])
  }
  runtime.release()
})

test('every car of the training data, and every default, passes the manifest', async () => {
  const { columns } = parseCars(await readCarsFile())
  for (const { manifest } of models) {
    expect(validateColumns(manifest, columns)).toMatchObject({ ok: true, rows: 205 })
    const defaults = Object.fromEntries(manifest.features.map((feature) => [feature.name, [feature.default]]))
    expect(validateColumns(manifest, defaults)).toMatchObject({ ok: true, rows: 1 })
  }
})

test.skipIf(!existsSync(peersFile))('the rows of the copy with filled-in values pass the manifest', async () => {
  const [header = '', ...lines] = (await readFile(peersFile, 'utf8')).trim().split(/\r?\n/)
  const cells = lines.map((line) => line.split(','))
  const data: Record<string, Value[]> = {}
  header.split(',').forEach((name, j) => {
    if (name === 'car_ID' || name === 'price') return
    data[name] = cells.map((row) => (Number.isNaN(Number(row[j])) ? (row[j] ?? null) : Number(row[j])))
  })
  for (const { manifest } of models) expect(validateColumns(manifest, data)).toMatchObject({ ok: true, rows: 205 })
})

test.runIf(!existsSync(peersFile))('the copy with filled-in values is not here, so it was NOT checked', () => {
  process.stderr.write('../shared/peers/carprice.csv was not found: its rows were not checked.\n')
})

test('whatever the name of a car, an accepted request gets a price', async () => {
  const { columns } = parseCars(await readCarsFile())
  const car = Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values.slice(0, 1)]))
  const runtime = createModelRuntime({ ort: nodeOrt })
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 100 }), fc.constantFrom(...models), async (name, model) => {
      const { artefact, sha256, manifest } = model
      const checked = validateColumns(manifest, { ...car, CarName: [name] })
      if (!checked.ok) return
      const { rows } = await runtime.predict({ sha256, load: async () => artefact }, manifest, checked.columns)
      expect(rows[0]?.value).toBeGreaterThan(5000)
    }),
    { numRuns: 200 },
  )
  runtime.release()
})

test('a training stops when it is told to', async () => {
  const stop = new AbortController()
  const onProgress = ({ done }: { done: number }) => {
    if (done === 3) stop.abort(new Error('enough'))
  }
  await expect(trainCars({ csv: await readCarsFile(), onProgress, signal: stop.signal })).rejects.toThrow('enough')
})
