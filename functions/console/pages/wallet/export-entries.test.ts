import { expect, test } from 'vitest'
import type { Page } from '../../api/types.ts'
import type { Entry } from './entries.ts'
import { collectEntries, writeEntries } from './export-entries.ts'

function entry(id: string): Entry {
  const moved = { kind: 'hold', amount: -5, moved: 5, debit_account: 'available', credit_account: 'held' } as const
  return { id, ...moved, job_id: 'job_1', created_at: '2026-11-21T12:00:00.000Z' }
}

const pages: Record<string, Page<Entry>> = {
  '': { items: [entry('c'), entry('b')], next_cursor: 'next' },
  next: { items: [entry('a')], next_cursor: null },
}
const nothing: Page<Entry> = { items: [], next_cursor: null }
const readPage = async (cursor = '') => pages[cursor] ?? nothing

test('every page is read once, and progress is told', async () => {
  const told: number[] = []
  const { signal } = new AbortController()
  const entries = await collectEntries({ readPage, signal, onProgress: (count) => told.push(count) })
  expect(entries.map(({ id }) => id)).toEqual(['c', 'b', 'a'])
  expect(told).toEqual([2, 3])
})

test('a cancelled export ends before the next page', async () => {
  const cancelling = new AbortController()
  const asked: (string | undefined)[] = []
  const collected = collectEntries({
    readPage: (cursor) => {
      asked.push(cursor)
      return readPage(cursor)
    },
    signal: cancelling.signal,
    onProgress: () => cancelling.abort(),
  })
  await expect(collected).rejects.toThrow()
  expect(asked).toEqual([undefined, 'next'])
})

test('a CSV file has a line an entry, a JSON file reads back', () => {
  const now = new Date('2026-11-21T12:00:00.000Z')
  const csv = writeEntries([entry('a')], 'csv', { kind: 'hold' }, now)
  expect(csv.name).toBe('auspex-ledger-hold-2026-11-21.csv')
  expect(csv.text.split('\r\n')).toEqual([
    'created_at,kind,amount,moved,debit_account,credit_account,job_id,id',
    '2026-11-21T12:00:00.000Z,hold,-5,5,available,held,job_1,a',
    '',
  ])
  expect(JSON.parse(writeEntries([entry('a')], 'json', {}, now).text)).toEqual([entry('a')])
})
