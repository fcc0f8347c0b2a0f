import fc from 'fast-check'
import { expect, test } from 'vitest'
import { systemClock } from '#shared/clock.ts'
import { counter, histogram } from '#shared/measures.ts'
import { createMetrics } from '#shared/metrics.ts'
import type { Batch } from '#shared/metrics-store.ts'
import { writeExposition } from './exposition.ts'
import { quantile } from './quantile.ts'
import { readCounts } from './read-counts.ts'
import { parseExposition } from './testing/parse-exposition.ts'

/** A store in memory that adds as Redis does, and one isolate that counts into it at once. */
function givenIsolate() {
  const sums = new Map<string, number>()
  const store = {
    add: async ({ increments }: Batch) => {
      for (const [field, by] of increments) sums.set(field, (sums.get(field) ?? 0) + by)
    },
    read: async () => Object.fromEntries([...sums].map(([field, value]) => [field, String(value)])),
  }
  const metrics = createMetrics(store, 1)
  const clock = { ...systemClock, sleep: async () => {} }
  const stored = async () => {
    const work: Promise<unknown>[] = []
    metrics.storeLater({ defer: (it) => work.push(it), clock, log: () => {} })
    await Promise.all(work)
  }
  return { metrics, store, stored }
}

const nasty = fc.string({ unit: 'binary', maxLength: 20 })
const asked = counter('asked_total', 'A "help"\nwith \\ everything', ['who'])
const took = histogram('took_seconds', 'Took', ['who'], [0.1, 0.5, 2])

test('what is written is read back as it was counted, whatever labels hold', () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(nasty, fc.integer({ min: 1, max: 9 }))), async (counts) => {
      const { metrics, store, stored } = givenIsolate()
      const expected = new Map<string, number>()
      for (const [who, by] of counts) {
        metrics.add(asked, { who }, by)
        expected.set(who, (expected.get(who) ?? 0) + by)
      }
      await stored()
      const family = parseExposition(writeExposition(await readCounts(store, [asked]))).get(asked.name)
      expect(new Map(family?.samples.map(({ labels, value }) => [labels.who, value]) ?? [])).toEqual(expected)
      if (family) expect(family).toMatchObject({ type: 'counter', help: asked.help })
    }),
  ))

test('a histogram counts every value up to each bound, and their sum', () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1 }), async (milliseconds) => {
      const { metrics, store, stored } = givenIsolate()
      const values = milliseconds.map((it) => it / 1000)
      for (const value of values) metrics.observe(took, { who: 'ada' }, value)
      await stored()
      const samples = parseExposition(writeExposition(await readCounts(store, [took]))).get(took.name)?.samples ?? []
      for (const { name, labels, value } of samples) {
        if (name === 'took_seconds_count') expect(value).toBe(values.length)
        if (name === 'took_seconds_sum') expect(value).toBeCloseTo(values.reduce((a, b) => a + b, 0))
        if (name !== 'took_seconds_bucket') continue
        const bound = labels.le === '+Inf' ? Infinity : Number(labels.le)
        expect(value).toBe(values.filter((it) => it <= bound).length)
      }
      expect(samples).toHaveLength(took.buckets.length + 3)
    }),
  ))

test('what an earlier release counted under other labels, or another name, is not told', async () => {
  const store = { read: async () => ({ '["asked_total","","a","b"]': '3', '["gone_total",""]': 1 }) }
  expect(writeExposition(await readCounts(store, [asked, took]))).toBe('')
})

test('a quantile lies in the bucket that holds it', () =>
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 4, noNaN: true }), { minLength: 1, maxLength: 50 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (values, q) => {
        const bounds = [0.5, 1, 2, Infinity]
        const buckets = bounds.map((bound) => ({ bound, cumulativeCount: values.filter((it) => it <= bound).length }))
        const exact = values.toSorted((a, b) => a - b)[Math.ceil(q * values.length) - 1] ?? 0
        const bound = bounds.find((it) => exact <= it) ?? 0
        const below = bounds[bounds.indexOf(bound) - 1] ?? 0
        expect(quantile(buckets, q)).toBeGreaterThanOrEqual(below)
        expect(quantile(buckets, q)).toBeLessThanOrEqual(bound)
      },
    ),
  ))

test('of nothing there is no quantile', () => {
  expect(quantile([{ bound: Infinity, cumulativeCount: 0 }], 0.5)).toBeUndefined()
})

test.for([
  ['a sample before its family', 'a 1\n'],
  ['a series twice', '# HELP a x\n# TYPE a counter\na{b="c"} 1\na{b="c"} 2\n'],
  ['a raw quote', '# HELP a x\n# TYPE a counter\na{b="c"d"} 1\n'],
  ['no line end', '# HELP a x\n# TYPE a counter\na 1'],
  ['a family in two groups', '# HELP a x\n# TYPE a gauge\n# HELP b x\n# TYPE b gauge\na 1\n'],
  [
    'buckets that fall',
    '# HELP h x\n# TYPE h histogram\nh_bucket{le="1"} 2\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n',
  ],
  ['no +Inf', '# HELP h x\n# TYPE h histogram\nh_bucket{le="1"} 2\nh_sum 1\nh_count 2\n'],
])('the reader that judges us refuses %s', ([, text]) => {
  expect(() => parseExposition(text ?? '')).toThrow()
})
