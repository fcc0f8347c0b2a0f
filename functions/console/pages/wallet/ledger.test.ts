import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import en from './en.json' with { type: 'json' }
import { ENTRY_KINDS, type Entry } from './entries.ts'
import { balanceOverTime, balancesAfter, meaningOf, openHolds, settlementsOf } from './ledger.ts'

const accounts = { debit_account: 'available', credit_account: 'held' }

function entry(part: Partial<Entry> & Pick<Entry, 'id' | 'kind'>): Entry {
  return { amount: 0, moved: 5, job_id: null, created_at: '2026-11-21T12:00:00.000Z', ...accounts, ...part }
}

const topUp = entry({ id: '1', kind: 'top_up', amount: 100, moved: 100, created_at: '2026-11-20T10:00:00.000Z' })
const paidHold = entry({ id: '2', kind: 'hold', job_id: 'a', amount: -5, created_at: '2026-11-20T11:00:00.000Z' })
const paid = entry({ id: '3', kind: 'capture', job_id: 'a', created_at: '2026-11-20T11:00:01.000Z' })
const returnedHold = entry({ id: '4', kind: 'hold', job_id: 'b', amount: -5 })
const returned = entry({ id: '5', kind: 'release', job_id: 'b', amount: 5 })
const openHold = entry({ id: '6', kind: 'hold', job_id: 'c', amount: -7, moved: 7 })
const newest = [openHold, returned, returnedHold, paid, paidHold, topUp]

describe('holds', () => {
  test('only holds without a settlement are open', () => {
    expect(openHolds(newest)).toEqual([openHold])
  })

  test('a hold says what became of it, where that is known', () => {
    const settlements = settlementsOf(newest)
    expect([openHold, returnedHold, paidHold].map((hold) => meaningOf(hold, settlements))).toEqual([
      'hold_open',
      'hold_returned',
      'hold_paid',
    ])
    expect(meaningOf(openHold)).toBe('hold')
  })

  test('every meaning has its words', () => {
    const entries = ENTRY_KINDS.flatMap((kind) => [0, 5].map((moved) => entry({ id: kind, kind, moved, job_id: 'a' })))
    const settled = [undefined, settlementsOf([]), settlementsOf([paid]), settlementsOf([{ ...returned, job_id: 'a' }])]
    const meanings = settled.flatMap((settlements) => entries.map((one) => meaningOf(one, settlements)))
    const told = Object.keys(en.wallet.meaning).map((key) => key.replace(/_(one|other)$/, ''))
    expect(new Set(meanings)).toEqual(new Set(told))
  })

  test('setting the balance to what it was is told from a change', () => {
    expect(meaningOf(entry({ id: '7', kind: 'top_up', moved: 0 }))).toBe('unchanged')
    expect(meaningOf(topUp)).toBe('top_up')
  })
})

describe('the balance over time', () => {
  test('begins before the oldest entry, ends now, and skips what changed nothing', () => {
    const now = new Date('2026-11-21T13:00:00.000Z')
    const points = balanceOverTime(newest, 88, now)
    expect(points.map(({ balance }) => balance)).toEqual([0, 100, 95, 90, 95, 88, 88])
    expect(points.at(-1)?.at).toEqual(now)
  })

  test('there is none without entries', () => {
    expect(balanceOverTime([], 10, new Date())).toEqual([])
  })

  test('time never runs backwards, even where the clock here is behind', () => {
    const points = balanceOverTime(newest, 88, new Date('2020-01-01T00:00:00.000Z'))
    const times = points.map(({ at }) => at.getTime())
    expect(times).toEqual([...times].sort((a, b) => a - b))
  })

  test('the balance before the oldest entry and all changes since make the balance', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e12 }),
        fc.array(fc.record({ kind: fc.constantFrom(...ENTRY_KINDS), amount: fc.integer({ min: -1e6, max: 1e6 }) }), {
          minLength: 1,
        }),
        (balance, changes) => {
          const entries = changes.map((change, i) => entry({ id: String(i), ...change }))
          const oldest = entries.at(-1)
          const after = balancesAfter(entries, balance)
          const before = (after.get(oldest?.id ?? '') ?? 0) - (oldest?.amount ?? 0)
          expect(before + changes.reduce((sum, { amount }) => sum + amount, 0)).toBe(balance)
        },
      ),
    ))
})
