import { expect, test } from 'vitest'
import { areAnyFilters, historyQuery, type JobFilters, readFilters, writeFilters } from './filters.ts'

const none: JobFilters = { search: '', model: '', statuses: [], from: '', to: '' }

test('filters come out of the address as they went in', () => {
  const filters: JobFilters = {
    search: 'toyota & co',
    model: 'random_forest',
    statuses: ['queued', 'failed'],
    from: '2026-01-31',
    to: '2026-02-01',
  }
  expect(readFilters(writeFilters(filters))).toEqual(filters)
  expect(writeFilters(none).toString()).toBe('')
  expect(areAnyFilters(none)).toBe(false)
  expect(areAnyFilters(filters)).toBe(true)
})

test('what no filter can be is left out of what the address says', () => {
  const address = new URLSearchParams('status=queued,lost,queued&from=yesterday&to=2026-13-45&other=1')
  expect(readFilters(address)).toEqual({ ...none, statuses: ['queued'] })
})

test('days begin and end at midnight where the person is, and the last one is included', () => {
  const query = historyQuery({ ...none, from: '2026-03-01', to: '2026-03-31' })
  expect(query.created_from).toBe(new Date(2026, 2, 1).toISOString())
  expect(query.created_before).toBe(new Date(2026, 3, 1).toISOString())
})

test('an empty filter is not sent', () => {
  expect(Object.entries(historyQuery({ ...none, search: '  ' })).filter(([, value]) => value !== undefined)).toEqual([
    ['expand', 'true'],
  ])
})
