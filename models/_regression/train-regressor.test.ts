import { beforeAll, expect, test } from 'vitest'
import { createRandom } from '../_learn/random.ts'
import { fitBoosting } from '../_learn/trees/boosting.ts'
import { fitForest } from '../_learn/trees/forest.ts'
import { huberLoss } from '../_learn/trees/losses/huber.ts'
import type { Columns, ExplainedManifest, Value } from '../_runtime/manifest.ts'
import { createModelRuntime } from '../_runtime/model-runtime.ts'
import { nodeOrt } from '../_runtime/ort-node.ts'
import { expectSameRows } from '../_runtime/testing/expect-same-rows.ts'
import { readFeatureTable } from './feature-table.ts'
import { linearRecipe } from './linear-recipe.ts'
import { priceByQuality } from './price-by-quality.ts'
import type { Recipe } from './recipe.ts'
import { predictRows } from './served-model.ts'
import { type TrainedRegressor, trainRegressor } from './train-regressor.ts'
import { treeRecipe } from './tree-recipe.ts'

const rows = 120
const about = { title: '', summary: '' }
const learnerOptions = { maxDepth: 4, minLeafWeight: 2, columnsPerSplit: 2 }
const recipes: Recipe[] = [
  linearRecipe({
    ...about,
    name: 'linear',
    ridge: 0.1,
    bends: { size: [0.5] },
    bendFreedom: 1,
    keyFreedom: {},
    weightPower: 0,
  }),
  treeRecipe({
    ...about,
    name: 'forest',
    smoothing: 1,
    parameters: {},
    learn: (matrix, target, context) => fitForest(matrix, target, { ...learnerOptions, ...context, trees: 20 }),
  }),
  treeRecipe({
    ...about,
    name: 'boosting',
    smoothing: 1,
    parameters: {},
    learn: (matrix, target, context) =>
      fitBoosting(matrix, target, {
        ...learnerOptions,
        ...context,
        loss: huberLoss(),
        rounds: 30,
        learningRate: 0.2,
        rowShare: 0.7,
      }),
  }),
]

const known = { label: 'A label', required: true, nullable: true }
const features: ExplainedManifest['features'] = [
  { ...known, name: 'size', type: 'number', default: 0 },
  { ...known, name: 'always', type: 'number', default: 1 },
  { ...known, name: 'colour', type: 'category', choices: ['red', 'blue'], default: 'red' },
  { ...known, name: 'brand', type: 'text', maxLength: 20, default: '', required: false },
]

function table(columns: Columns, count: number) {
  return readFeatureTable(features, columns, count, { brand: { read: 'first_word', aliases: { acmee: 'acme' } } })
}

/** price = 1000 + 10 size + 200 [red] + 500 [acme], a tenth of the cells unknown. */
function toys() {
  const random = createRandom(4)
  const hide = (value: Value) => (random.next() < 0.1 ? null : value)
  const price: number[] = []
  const columns: Record<string, Value[]> = { size: [], always: [], colour: [], brand: [] }
  for (let row = 0; row < rows; row++) {
    const size = random.next() * 100
    const [colour, brand] = [random.integer(2) ? 'red' : 'blue', random.integer(2) ? 'acme' : 'zenith']
    price.push(1000 + 10 * size + (colour === 'red' ? 200 : 0) + (brand === 'acme' ? 500 : 0))
    columns.size?.push(hide(size))
    columns.always?.push(7)
    columns.colour?.push(hide(colour))
    columns.brand?.push(brand)
  }
  return { columns, target: Float64Array.from(price) }
}

const { columns, target } = toys()
let trained: TrainedRegressor[]

beforeAll(async () => {
  const task = {
    manifest: ({ name }: Recipe, baseline: number): ExplainedManifest => ({
      ...{ name, domain: 'toys', title: 'Toys', task: 'regression', summary: '', features, baseline },
      output: { name: 'cost', label: '', unit: '' },
      interval: { coverage: 0.9 },
    }),
    table: table(columns, rows),
    target,
    dataSha256: '0',
    optionalFeature: 'brand',
    folds: 4,
    repeats: 2,
    seed: 3,
  }
  trained = []
  for (const recipe of recipes) trained.push(await trainRegressor(recipe, task))
})

test('artefacts agree with their references: unknown, unseen and misspelt values, constant columns', async () => {
  const extended = {
    size: [...(columns.size ?? []), null, 1e6, -5, 50],
    always: [...(columns.always ?? []), null, 8, 7, 7],
    colour: [...(columns.colour ?? []), null, 'red', 'blue', null],
    brand: [...(columns.brand ?? []), null, 'Acmee rocket', 'nobody', ''],
  }
  const runtime = createModelRuntime({ ort: nodeOrt })
  for (const { trained: model, served } of trained) {
    const artefact = { sha256: model.sha256, load: async () => model.artefact }
    const { rows: answers } = await runtime.predict(artefact, model.manifest, extended)
    expectSameRows(answers, predictRows(served, table(extended, rows + 4)))
  }
  runtime.release()
})

test('what the data say is found: quality, and which feature moves the price', () => {
  for (const { trained: model, served } of trained) {
    expect(model.metrics.r2).toBeGreaterThan(0.6)
    expect(model.metrics.r2_without_optional).toBeLessThan(model.metrics.r2 ?? 0)
    expect(model.metrics.interval_coverage).toBeGreaterThan(0.8)
    const one = (size: number, brand: Value) =>
      predictRows(served, table({ size: [size], always: [7], colour: ['red'], brand: [brand] }, 1))[0]
    expect(one(90, 'acme')?.contributions.size).toBeGreaterThan(one(10, 'acme')?.contributions.size ?? 0)
    expect(one(50, 'acme')?.contributions.brand).toBeGreaterThan(one(50, 'zenith')?.contributions.brand ?? 0)
    expect(one(50, 'acme')?.contributions.always).toBe(0)
  }
})

test('a row without the optional feature is judged by the model that does without, with its wider interval', () => {
  for (const { served } of trained) {
    const given = { size: [20, 20, 20], always: [7, 7, 7], colour: ['red', 'red', 'red'] }
    const [unknown, unseen, named] = predictRows(served, table({ ...given, brand: [null, 'nobody', 'acme'] }, 3))
    expect(unseen).toEqual(unknown)
    expect(unknown?.value).not.toBe(named?.value)
    expect(served.without?.radius).toBeGreaterThan(served.full.radius)
    const sum = Object.values(unknown?.contributions ?? {}).reduce((a, b) => a + b, served.full.model.baseline)
    expect(sum).toBeCloseTo(unknown?.value ?? 0, 6)
  }
})

test('prices rise with quality, and equals cost the same', () => {
  const model = trained[0]?.trained
  if (model === undefined) throw new Error('nothing was trained')
  const priced = priceByQuality([0.9, 0.7, 0.9, 0.8].map((r2) => ({ ...model, metrics: { r2 } })))
  expect(priced.map(({ priceCredits }) => priceCredits)).toEqual([15, 5, 15, 10])
})
