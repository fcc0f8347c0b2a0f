import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../random.ts'
import { eventMetrics } from './event-metrics.ts'

const steps = (text: string) => Array.from(text, (mark) => Number(mark !== '.'))

test('by hand: one event found late, one missed, one alarm for nothing', () => {
  const metrics = eventMetrics(steps('..###....##...'), steps('...##.#.......'), { step: 5 })
  expect(metrics).toEqual({
    events: 2,
    detected: 1,
    alarms: 2,
    falseAlarms: 1,
    precision: 0.5,
    recall: 0.5,
    f1: 0.5,
    timeToDetect: 5,
    falseAlarmRate: 1 / 45,
    alarmedShare: 1 / 9,
  })
})

test('an event is detected once, an alarm that touches one is never false, and steps are not adjusted', () => {
  const often = eventMetrics(steps('.#####..'), steps('.#.#.#..'))
  expect([often.detected, often.alarms, often.falseAlarms, often.precision]).toEqual([1, 3, 0, 1])
  const early = eventMetrics(steps('....##..'), steps('..###...'))
  expect([early.detected, early.falseAlarms, early.timeToDetect, early.alarmedShare]).toEqual([1, 0, 0, 2 / 6])
})

test('an alarm that never ends finds all, and its share of the quiet steps tells', () => {
  const { precision, recall, alarmedShare } = eventMetrics(steps('..##..#.'), steps('########'))
  expect([precision, recall, alarmedShare]).toEqual([1, 1, 1])
})

test('a run ends where its series ends', () => {
  const options = { series: [0, 0, 0, 1, 1, 1] }
  expect(eventMetrics(steps('..##..'), steps('..#...'), options)).toMatchObject({ events: 2, detected: 1 })
})

test('without alarms or events their shares are not known', () => {
  expect(eventMetrics(steps('.#.'), steps('...'))).toMatchObject({ precision: Number.NaN, recall: 0, f1: 0 })
  expect(eventMetrics(steps('...'), steps('.#.'))).toMatchObject({ precision: 0, recall: Number.NaN, f1: 0 })
  expect(eventMetrics(steps('###'), steps('.#.')).falseAlarmRate).toBe(Number.NaN)
})

test('perfect alarms find all at once, and a missed event is the other way round a false alarm', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
      const random = createRandom(seed)
      const draw = () => Array.from({ length: 40 }, () => Number(random.next() < 0.3))
      const labels = [1, ...draw()]
      expect(eventMetrics(labels, labels)).toMatchObject({ precision: 1, recall: 1, f1: 1, timeToDetect: 0 })
      const alarms = [0, ...draw()]
      const [there, back] = [eventMetrics(labels, alarms), eventMetrics(alarms, labels)]
      expect(there.events - there.detected).toBe(back.falseAlarms)
      expect(there.falseAlarms).toBe(back.events - back.detected)
    }),
  )
})

test('what cannot be judged is refused', () => {
  expect(() => eventMetrics([], [])).toThrow('0 labels')
  expect(() => eventMetrics([0, 1], [0])).toThrow('2 labels and 1 alarms')
  expect(() => eventMetrics([0, 2], [0, 1])).toThrow('the label of row 1 is 2')
  expect(() => eventMetrics([0, 1], [0, Number.NaN])).toThrow('the alarm of row 1 is NaN')
  expect(() => eventMetrics([0, 1], [0, 1], { step: 0 })).toThrow('longer than 0')
  expect(() => eventMetrics([0, 1], [0, 1], { series: [0] })).toThrow('2 steps have 1 series')
})
