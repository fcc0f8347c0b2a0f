import fc from 'fast-check'
import { expect, test } from 'vitest'
import { waterfallOf } from './waterfall.ts'

test('the strongest comes first, what is zero has no bar, and the rest stand together', () => {
  const { baseline, steps } = waterfallOf(10, { a: 1, b: -4, c: 0, d: 2, e: 3 }, 2)
  expect(baseline).toBe(8)
  expect(steps).toEqual([
    { name: 'b', features: 1, effect: -4, from: 8, to: 4 },
    { name: 'e', features: 1, effect: 3, from: 4, to: 7 },
    { name: undefined, features: 2, effect: 3, from: 7, to: 10 },
  ])
})

test('the bars lead from the baseline to the prediction, each from where the one before ended', () => {
  const effects = fc.dictionary(fc.string({ maxLength: 5 }), fc.integer({ min: -1000, max: 1000 }), { maxKeys: 30 })
  fc.assert(
    fc.property(
      fc.integer({ min: -10_000, max: 10_000 }),
      effects,
      fc.integer({ min: 1, max: 12 }),
      (value, all, limit) => {
        const { baseline, steps } = waterfallOf(value, all, limit)
        expect([...steps.map(({ to }) => to)].at(-1) ?? baseline).toBe(value)
        expect([baseline, ...steps.map(({ to }) => to)].slice(0, -1)).toEqual(steps.map(({ from }) => from))
        expect(steps.length).toBeLessThanOrEqual(limit + 1)
      },
    ),
  )
})
