import fc from 'fast-check'
import onnxProto from 'onnx-proto'
import { expect, test } from 'vitest'
import { findModelProblems, TABULAR_RULES } from '../_onnx/check-model.ts'
import { GraphBuilder } from '../_onnx/graph-builder.ts'
import { createModelRuntime } from '../_runtime/model-runtime.ts'
import { nodeOrt } from '../_runtime/ort-node.ts'
import type { TrainedModel } from '../_runtime/trained-model.ts'
import { importModel } from './import-model.ts'
import { foreignBytes, foreignModel, golden } from './testing/foreign-models.ts'

const { ModelProto } = onnxProto.onnx
const ort = nodeOrt

const load = (name: string, changes: object = {}, check?: string) => {
  const { bytes, manifest } = foreignModel(name)
  return importModel({ bytes, draft: { ...manifest, ...changes }, priceCredits: 2, ort, ...(check && { check }) })
}

async function predict({ artefact, sha256, manifest }: TrainedModel, columns = golden.columns) {
  const runtime = createModelRuntime({ ort })
  const { rows } = await runtime.predict({ sha256, load: async () => artefact }, manifest, columns)
  runtime.release()
  return rows
}

/** The golden rows with their truth. */
function csvOf(output: string, truth = golden.truth[output] ?? []): string {
  const names = Object.keys(golden.columns)
  const lines = truth.map((value, row) => [...names.map((name) => golden.columns[name]?.[row] ?? ''), value].join(','))
  return [[...names, output].join(','), ...lines].join('\n')
}

test.each(golden.models.map(({ name, library }) => [name, library]))(
  '%s of %s predicts what it did there',
  async (name) => {
    const { expected } = foreignModel(name)
    const model = await load(name)
    const rows = await predict(model)
    expect(rows).toHaveLength(expected.length)
    for (const [i, row] of rows.entries()) {
      const actual = Object.values(row.probabilities ?? { only: row.value })
      const numbers = expected[i] ?? []
      expect(actual).toHaveLength(numbers.length)
      for (const [j, value] of numbers.entries()) {
        const tolerance = 1e-5 * (row.probabilities ? 1 : Math.abs(value))
        expect(Math.abs((actual[j] ?? Number.NaN) - value), `row ${i}`).toBeLessThanOrEqual(tolerance)
      }
    }
  },
)

test('inputs named like features take them by name, whatever their order in the manifest', async () => {
  const { manifest, expected } = foreignModel('sklearn_mixed_boosting')
  const rows = await predict(await load('sklearn_mixed_boosting', { features: manifest.features.toReversed() }))
  expect(rows.map(({ value }) => value)).toEqual(expected.map(([value = 0]) => expect.closeTo(value, 2)))
})

test('the artefact has our inputs and outputs, and says where it came from', async () => {
  const { manifest, artefact, parameters } = await load('catboost_multiclass')
  expect(manifest).toMatchObject({ domain: 'imported', task: 'classification', classes: ['good', 'poor', 'ruin'] })
  expect(manifest).not.toHaveProperty('interval')
  const { graph, metadataProps } = ModelProto.decode(artefact)
  expect(graph?.input?.map(({ name }) => name)).toEqual(['area', 'rooms', 'age', 'district'])
  expect(graph?.output?.map(({ name }) => name)).toEqual(['condition'])
  expect(graph?.node?.map(({ opType }) => opType)).not.toContain('ZipMap')
  expect(parameters).toMatchObject({ imported_from: expect.stringMatching(/^CatBoost/) })
  expect(JSON.parse(metadataProps?.find(({ key }) => key === 'manifest')?.value ?? '')).toEqual(manifest)
})

test('the same file and manifest give the same bytes', async () => {
  const [first, second] = [await load('xgboost_regressor'), await load('xgboost_regressor')]
  expect(second.artefact).toEqual(first.artefact)
})

test('classes are named by the file unless the manifest does, and never in another order', async () => {
  const { classes: _, ...unnamed } = foreignModel('sklearn_forest_zipmap').manifest
  const { bytes } = foreignModel('sklearn_forest_zipmap')
  const named = await importModel({ bytes, draft: unnamed, priceCredits: 1, ort })
  expect(named.manifest.classes).toEqual(['good', 'poor', 'ruin'])
  await expect(load('sklearn_forest_zipmap', { classes: ['ruin', 'poor', 'good'] })).rejects.toThrow(
    "the model's classes come in the order good, poor, ruin; the manifest says ruin, poor, good",
  )
  await expect(load('xgboost_multiclass', { classes: ['a', 'b'] })).rejects.toThrow(/tells 3 classes apart/)
})

test('rows with their truth judge a regression and give it an interval that holds the truth of nine in ten', async () => {
  const model = await load('lightgbm_categorical', {}, csvOf('price'))
  expect(model.metrics).toMatchObject({ rows: 50, r2: expect.any(Number), mae: expect.any(Number) })
  expect(model.metrics.r2).toBeGreaterThan(0.4)
  expect(model.manifest.interval).toEqual({ coverage: 0.9 })
  const rows = await predict(model)
  const held = rows.filter(({ interval }, row) => {
    const truth = Number(golden.truth.price?.[row])
    return interval && interval.lower <= truth + 1e-3 && truth - 1e-3 <= interval.upper
  })
  expect(held).toHaveLength(46) // the smallest number of 50 that split conformal prediction takes: ceil(51 x 0.9)
})

test('rows with their truth judge a classification; too few rows promise no interval', async () => {
  const truth = golden.truth.sold?.map((sold) => (sold ? 'sold' : 'unsold'))
  const { metrics } = await load('sklearn_mixed_logistic', {}, csvOf('sold', truth))
  expect(metrics.accuracy).toBeGreaterThan(0.8)
  expect(metrics.roc_auc).toBeGreaterThan(0.8)
  expect(metrics.log_loss).toBeLessThan(0.5)
  const few = await load('xgboost_regressor', {}, csvOf('price', golden.truth.price?.slice(0, 8)))
  expect([few.manifest.interval, few.metrics.rows]).toEqual([undefined, 8])
})

const features = foreignModel('xgboost_regressor').manifest.features
const withFeature = (name: string, changes: object) =>
  features.map((feature) => (feature.name === name ? { ...feature, ...changes } : feature))

test.each<[string, string, object, RegExp]>([
  [
    'too few features',
    'xgboost_regressor',
    { features: features.slice(1) },
    /takes 4 columns \(input: float \[N, 4\]\), and the manifest names 3/,
  ],
  [
    'a text for numbers',
    'xgboost_regressor',
    { features: [{ name: 'area', type: 'text', maxLength: 9, default: '' }, ...features.slice(1)] },
    /area for input input: the model takes numbers/,
  ],
  [
    'a number for words',
    'sklearn_mixed_logistic',
    { features: [...features.slice(0, 3), { name: 'district', type: 'number', default: 0 }] },
    /takes words there/,
  ],
  [
    'a regression of a classifier',
    'xgboost_binary',
    { task: 'regression', classes: undefined },
    /several numbers a row.*classification/,
  ],
  [
    'a classification of a regressor',
    'xgboost_regressor',
    { task: 'classification', classes: ['a', 'b', 'c'] },
    /1 columns for 3 classes/,
  ],
  [
    'no probabilities',
    'xgboost_regressor',
    { task: 'classification', classes: ['a', 'b'] },
    /the defaults are no probabilities/,
  ],
  [
    'an output that is not there',
    'xgboost_regressor',
    { output: { name: 'y', from: 'score' } },
    /no output score; it has variable/,
  ],
  ['a feature twice', 'xgboost_regressor', { features: withFeature('age', { name: 'area' }) }, /area is named twice/],
  [
    'a feature named like the output',
    'xgboost_regressor',
    { features: withFeature('age', { name: 'price' }) },
    /price is the name of an output/,
  ],
  [
    'too few codes',
    'xgboost_regressor',
    { features: withFeature('district', { codes: [1] }) },
    /district needs as many codes/,
  ],
  [
    'a default out of range',
    'xgboost_regressor',
    { features: withFeature('area', { default: -5 }) },
    /area must be between 0 and 1000, got -5/,
  ],
  ['a misspelt field', 'xgboost_regressor', { titel: 'Houses' }, /Unrecognized key: "titel"/],
  [
    'an input that is not there',
    'xgboost_regressor',
    { inputs: { X: ['area'] } },
    /no input X; it has input: float \[N, 4\]/,
  ],
  [
    'inputs that leave out features',
    'sklearn_mixed_logistic',
    { inputs: { area: ['area'], rooms: ['rooms'], age: ['age'] } },
    /does not say which features input district takes/,
  ],
])('%s is refused, and it is said why', async (_, name, changes, message) => {
  await expect(load(name, changes)).rejects.toThrow(message)
})

test('a model that answers NaN to what its manifest allows is refused, with the row and what to do', async () => {
  const graph = new GraphBuilder('sum')
  const weights = graph.constant('w', { type: 'float', shape: [2, 1], values: [1, 1] })
  graph.output('y', graph.node('MatMul', [graph.input('X', 'float', 2), weights]), 'float')
  const feature = { type: 'number', default: 1 }
  const draft = { name: 'sum', title: 'Sum', output: { name: 'sum' } }
  const of = (nullable: boolean, check?: string) =>
    importModel({
      ...{ bytes: graph.build(), priceCredits: 1, ort, ...(check && { check }) },
      draft: {
        ...draft,
        features: [
          { ...feature, name: 'a' },
          { ...feature, name: 'b', nullable },
        ],
      },
    })
  await expect(of(true)).rejects.toThrow(/does not answer all unknown that may be: the model answered NaN.*\(b\)/)
  expect((await of(false)).examples.rows[0]).toEqual({ value: 2 })
  await expect(of(false, 'a,b,sum\n3e38,3e38,1\n1,1,2')).rejects.toThrow(
    /does not answer line 2 of the rows to check.*Infinity/,
  )
})

test('what other libraries export is not what our own training may write', () => {
  expect(findModelProblems(foreignBytes('sklearn_forest_zipmap'), TABULAR_RULES)).toEqual(
    expect.arrayContaining([expect.stringMatching(/ZipMap is not allowed: node 3 .*zipmap=False/)]),
  )
})

test('a damaged file is refused by an Error that says so, or serves what it then holds', () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom('catboost_binary', 'sklearn_ridge'),
      fc.nat(),
      fc.nat(7),
      async (name, at, bit) => {
        const { bytes, manifest } = foreignModel(name)
        bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << bit)
        const outcome = await importModel({ bytes, draft: manifest, priceCredits: 1, ort }).then(
          ({ examples }) => examples.rows.length,
          (error: unknown) => error,
        )
        if (outcome !== 3) expect(outcome).toMatchObject({ name: 'Error', message: expect.stringMatching(/.{10}/) })
      },
    ),
    { numRuns: 100 },
  ))
