import { expect, test } from 'vitest'
import { describeResult } from './describe-result.ts'

const plain = (value: number) => String(value)
const predictor = { output: { name: 'price', label: 'Price', unit: 'USD' } }

test('a number comes with its unit and no more digits than a glance needs', () => {
  const job = { status: 'finished' as const, rows: 1 }
  expect(describeResult({ ...job, results: [{ value: 12_345.678 }] }, predictor, plain)).toBe('12346 USD')
  expect(describeResult({ ...job, results: [{ value: 0.123456 }] }, predictor, plain)).toBe('0.1235 USD')
  expect(describeResult({ ...job, results: [{ value: 3 }] }, undefined, plain)).toBe('3')
})

test('a class is said by its name', () => {
  const job = { status: 'finished' as const, rows: 1, results: [{ value: 0.9, label: 'spam' }] }
  expect(describeResult(job, predictor, plain)).toBe('spam')
})

test.each([
  { status: 'running' as const, rows: 1, results: null },
  { status: 'finished' as const, rows: 2, results: [{ value: 1 }, { value: 2 }] },
  { status: 'failed' as const, rows: 1, results: null },
])('%j has no single answer', (job) => {
  expect(describeResult(job, predictor, plain)).toBeUndefined()
})
