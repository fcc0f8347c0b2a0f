import { expect, test } from 'vitest'
import { readKey } from './measurement.ts'
import { trainings } from './ours/trainings.ts'
import { rowSpecs, scalingSpecs } from './rows.ts'
import { blocksOf, needsRun, turns } from './schedule.ts'

test('what stands beside each other is measured together, and nothing twice', () => {
  const row = { work: '', peer: '', part: 'fit', aim: null, metric: 'r2' } as const
  const rows = [
    { ...row, ours: 'auspex:a@1', theirs: 'peers:a@1' },
    { ...row, ours: 'auspex:b@1', theirs: 'peers:b@1' },
    { ...row, ours: 'auspex:a@1', theirs: 'peers:c@1' },
    { ...row, ours: 'auspex:d@1', theirs: { seconds: 1, peakMb: 1 } },
  ]
  const scaling = [
    {
      name: 'ours',
      points: [
        { rows: 10, key: 'auspex:a@1' },
        { rows: 20, key: 'auspex:e@1' },
      ],
    },
    { name: 'theirs', points: [{ rows: 20, key: 'peers:e@1' }] },
  ]
  expect(blocksOf(rows, scaling)).toEqual([
    ['auspex:a@1', 'peers:a@1', 'peers:c@1'],
    ['auspex:b@1', 'peers:b@1'],
    ['auspex:d@1'],
    ['auspex:e@1', 'peers:e@1'],
  ])
})

test('what was cut off is brought to its number of runs, what takes long runs once', () => {
  expect(needsRun(undefined, 3)).toBe(true)
  expect(needsRun([{ seconds: 1 }, { seconds: 1 }], 3)).toBe(true)
  expect(needsRun([{ seconds: 1 }, { seconds: 1 }, { seconds: 1 }], 3)).toBe(false)
  expect(needsRun([{ seconds: 31 }], 3)).toBe(false)
})

test('the sides take turns', () => {
  expect(turns(['a', 'b'], 2)).toEqual(['a', 'b', 'a', 'b'])
})

test('every key of the tables is one that can be measured', () => {
  for (const key of blocksOf(rowSpecs, scalingSpecs).flat()) {
    const { side, name, threads } = readKey(key)
    if (side === 'auspex') expect(Object.keys(trainings)).toContain(name)
    expect(threads).toBeGreaterThan(0)
  }
  expect(() => readKey('somebody:a@1')).toThrow('names no measurement')
})
