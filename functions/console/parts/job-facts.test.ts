import { expect, test } from 'vitest'
import { givenJob } from '../pages/jobs/testing/given-job.ts'
import { inputOfRow, isCancellable, moneyOf, stagesOf } from './job-facts.ts'

test('the price is held while a job is open, paid for an answer, and given back for anything else', () => {
  const statuses = ['queued', 'running', 'finished', 'failed', 'cancelled'] as const
  expect(statuses.map((status) => moneyOf({ status }))).toEqual(['held', 'held', 'captured', 'released', 'released'])
  expect(statuses.filter((status) => isCancellable({ status }))).toEqual(['queued'])
})

test('each stage says how long it took since the one before', () => {
  const job = givenJob({
    created_at: '2026-01-01T00:00:00.000Z',
    started_at: '2026-01-01T00:00:00.250Z',
    finished_at: '2026-01-01T00:00:01.250Z',
  })
  expect(stagesOf(job).map(({ name, afterMs }) => [name, afterMs])).toEqual([
    ['created', undefined],
    ['started', 250],
    ['ended', 1000],
  ])
})

test('a job that was cancelled before it started ends after its creation', () => {
  const job = givenJob({
    status: 'cancelled',
    created_at: '2026-01-01T00:00:00.000Z',
    started_at: null,
    finished_at: '2026-01-01T00:00:02.000Z',
  })
  expect(stagesOf(job).map(({ at, afterMs }) => [at !== undefined, afterMs])).toEqual([
    [true, undefined],
    [false, undefined],
    [true, 2000],
  ])
})

test('a row is what stands in each column at its place; what is no value is not known', () => {
  const job = givenJob({ data: { size: [1, 2], name: ['a', null], odd: [{}, true] } })
  expect(inputOfRow(job, 1)).toEqual({ size: 2, name: null, odd: null })
  expect(inputOfRow(job, 7)).toEqual({ size: null, name: null, odd: null })
})
