import { expect, test } from 'vitest'
import type { Predictor } from '../../api/types.ts'
import { draftOfDefaults } from '../../forms/draft.ts'
import { toyManifest } from '../../forms/testing/toy-manifest.ts'
import { featuresOf, jobsInAddress, ordersOf, splitFeatures } from './car-models.ts'

const model = (name: string, price: number, features = toyManifest.features): Predictor => ({
  ...toyManifest,
  model_name: name,
  price,
  features,
  quality: {},
  version: 1,
  version_id: 'v',
  artefact_sha256: '',
  updated_at: '2026-01-01T00:00:00Z',
})
const models = [model('a', 5), model('b', 10, toyManifest.features.slice(0, 2))]
const defaults = draftOfDefaults(toyManifest.features)

test('each model is sent the features that it takes, and all is paid', () => {
  const { orders, faults, price } = ordersOf(models, { ...defaults, maker: null }, false)
  expect(orders.map(({ body }) => JSON.parse(body))).toEqual([
    { model_name: 'a', data: { power: [5.5], doors: [4], fuel: ['gas'] } },
    { model_name: 'b', data: { power: [5.5], doors: [4] } },
  ])
  expect({ faults, price }).toEqual({ faults: [], price: 15 })
})

test('what is wrong for several models is told once', () => {
  const { faults } = ordersOf(models, { ...defaults, power: '' }, false)
  expect(faults.map(({ column, code }) => [column, code])).toEqual([['power', 'missing_value']])
})

test('features of several models are asked for once, the main ones first', () => {
  expect(featuresOf(models).map(({ name }) => name)).toEqual(['power', 'doors', 'fuel', 'maker'])
  const [first] = toyManifest.features
  const horsepower = first && { ...first, name: 'horsepower' }
  const { main, others } = splitFeatures([...toyManifest.features, ...(horsepower ? [horsepower] : [])])
  expect({ main: main.map(({ name }) => name), others }).toEqual({
    main: ['horsepower'],
    others: ['power', 'doors', 'fuel', 'maker'],
  })
})

test('an address names jobs, and nothing else', () => {
  expect(jobsInAddress('job_1,job_2,job_1')).toEqual(['job_1', 'job_2'])
  expect(jobsInAddress('../x,job_1?a,,job_2')).toEqual(['job_2'])
  expect(jobsInAddress(null)).toEqual([])
})
