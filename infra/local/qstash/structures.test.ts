import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Due, DueHeap } from './due-heap.ts'
import { parseDurationMs } from './duration.ts'
import { Fifo } from './fifo.ts'

test('the heap gives everything back by time, and by order of arrival within a time', () =>
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat({ max: 20 }), { nil: undefined }), { maxLength: 200 }), (steps) => {
      const heap = new DueHeap<Due>()
      const expected: Due[] = []
      steps.forEach((dueAtMs, seq) => {
        if (dueAtMs === undefined) {
          expect(heap.pop()).toEqual(expected.shift())
          return
        }
        heap.push({ dueAtMs, seq })
        expected.push({ dueAtMs, seq })
        expected.sort((a, b) => a.dueAtMs - b.dueAtMs || a.seq - b.seq)
        expect(heap.peek()).toEqual(expected[0])
      })
    }),
  ))

test('the queue gives everything back in order, however it grows and shrinks', () =>
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1_500, max: 1_500 }), { maxLength: 20 }), (steps) => {
      const fifo = new Fifo<number>()
      let [pushed, shifted] = [0, 0]
      for (const step of steps) {
        for (let i = 0; i < step; i++) fifo.push(pushed++)
        for (let i = 0; i > step && shifted < pushed; i--) expect(fifo.shift()).toBe(shifted++)
        expect(fifo.length).toBe(pushed - shifted)
        expect(fifo.peek()).toBe(pushed === shifted ? undefined : shifted)
        expect([...fifo]).toHaveLength(fifo.length)
      }
    }),
    { numRuns: 50 },
  ))

test.for([
  ['5s', 5_000],
  ['1d10h30m', 124_200_000],
  ['6m5s', 365_000],
  ['250ms', 250],
  ['1.5h', 5_400_000],
  ['0s', 0],
  ['5', undefined],
  ['', undefined],
  ['s', undefined],
  ['-5s', undefined],
  ['5 s', undefined],
  ['5x', undefined],
] as const)('duration "%s" is %s ms', ([text, expectedMs]) => {
  expect(parseDurationMs(text)).toBe(expectedMs)
})
