import { expect, test } from 'vitest'
import type { Predictor } from '../../api/types.ts'
import { qualityLines, standoutsOf } from './quality.ts'

const predictor = (
  model_name: string,
  price: number,
  quality: Predictor['quality'],
  outputName = 'price',
): Predictor => ({
  model_name,
  price,
  quality,
  title: model_name,
  summary: '',
  domain: 'toys',
  task: 'regression',
  output: { name: outputName, label: 'Price', unit: 'USD' },
  features: [],
  version: 1,
  version_id: 'v',
  artefact_sha256: '',
  updated_at: '2026-01-01T00:00:00Z',
})

test('metrics that people understand are told, the most telling first, and others are not', () => {
  const quality = { rmse: 3, mae: 2, folds: 5, r2: 0.9, mape: Number.NaN, interval_coverage: '0.9' }
  expect(qualityLines({ quality })).toEqual([
    { metric: 'r2', value: 0.9, kind: 'share' },
    { metric: 'mae', value: 2, kind: 'output' },
  ])
  expect(qualityLines({ quality: {} })).toEqual([])
})

test('the most exact and the cheapest are named among predictors of the same thing', () => {
  const some = [predictor('a', 5, { r2: 0.8 }), predictor('b', 10, { r2: 0.9 }), predictor('c', 10, { r2: 0.85 })]
  expect(standoutsOf(some)).toEqual({ best: 'b', cheapest: 'a' })
})

test('where two share the first place, or something is not known, nobody is named', () => {
  expect(standoutsOf([predictor('a', 5, { r2: 0.8 }), predictor('b', 5, {})])).toEqual({})
  expect(standoutsOf([predictor('a', 5, { r2: 0.8 }), predictor('b', 6, { r2: 0.9 }, 'weight')])).toEqual({})
  expect(standoutsOf([predictor('a', 5, { r2: 0.8 })])).toEqual({})
  expect(standoutsOf([])).toEqual({})
})
