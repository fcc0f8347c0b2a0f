import { expect, test } from 'vitest'
import { isWhole, nameOf, queryOf, readFilter } from './ledger-filter.ts'

test('the address of the page names the filter; what is no good in it is left out', () => {
  expect(readFilter(new URLSearchParams('kind=hold&from=2026-11-01&to=2026-11-30'))).toEqual({
    kind: 'hold',
    from: '2026-11-01',
    to: '2026-11-30',
  })
  expect(readFilter(new URLSearchParams('kind=bribe&from=yesterday&to=2026-99-01&top_up'))).toEqual({})
})

test('a period holds its last day, to the end', () => {
  const { created_from, created_before } = queryOf({ from: '2026-11-21', to: '2026-11-21' })
  expect(created_from).toBe(new Date(2026, 10, 21).toISOString())
  expect(created_before).toBe(new Date(2026, 10, 22).toISOString())
  expect(queryOf({ to: '2026-12-31' }).created_before).toBe(new Date(2027, 0, 1).toISOString())
})

test('without a choice it is the whole ledger', () => {
  expect(isWhole({})).toBe(true)
  expect(isWhole({ to: '2026-11-30' })).toBe(false)
  expect(queryOf({})).toEqual({ kind: undefined, created_from: undefined, created_before: undefined })
})

test('files are named by what is in them', () => {
  expect(nameOf({})).toBe('all')
  expect(nameOf({ kind: 'hold', from: '2026-11-01' })).toBe('hold-from-2026-11-01')
})
