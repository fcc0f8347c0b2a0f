import { expect, test } from 'vitest'
import { cheapest, nextStep } from './next-step.ts'

const predictors = [
  { price: 5, title: 'B' },
  { price: 1, title: 'C' },
  { price: 5, title: 'A' },
  { price: 9, title: 'D' },
]

test.each([
  ['top_up', { balance: 0, predictors, hasJobs: true }],
  ['top_up', { balance: 0, predictors: [], hasJobs: false }],
  ['top_up_low', { balance: 2, predictors: [{ price: 3 }], hasJobs: true }],
  ['try', { balance: 1, predictors, hasJobs: false }],
  ['none', { balance: 1, predictors, hasJobs: true }],
  ['none', { balance: 1, predictors: [], hasJobs: false }],
])('%s is next for %j', (step, state) => {
  expect(nextStep(state)).toBe(step)
})

test('the three cheapest are shown, equals by name', () => {
  expect(cheapest(predictors).map(({ title }) => title)).toEqual(['C', 'A', 'B'])
})
