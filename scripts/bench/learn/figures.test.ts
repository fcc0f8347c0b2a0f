import { expect, test } from 'vitest'
import { figuresOf } from './figures.ts'
import type { Run } from './measurement.ts'
import type { RowSpec } from './rows.ts'

const spec: RowSpec = {
  work: 'work',
  peer: 'peer',
  ours: 'auspex:a@1',
  theirs: 'peers:b@1',
  part: 'fit',
  aim: 0.5,
  metric: 'r2',
  qualityAim: 0.9,
  peakAim: 1.5,
}

function run(seconds: number, rest: Partial<Run> = {}): Run {
  return { seconds, peakMb: 100, beforeMb: 50, quality: { r2: 0.95 }, ...rest }
}

test('the fastest run of each side counts, with its own memory and quality', () => {
  const measurements = {
    'auspex:a@1': [run(3), run(2, { peakMb: 120 }), run(4)],
    'peers:b@1': [run(5), run(4, { quality: { r2: 0.5, mae: 1 } })],
  }
  expect(figuresOf(spec, measurements)).toMatchObject({
    seconds: 2,
    peerSeconds: 4,
    ratio: 0.5,
    quality: 0.95,
    peerQuality: 0.5,
    peakMb: 120,
    peerPeakMb: 100,
    peakRatio: 1.2,
    met: true,
  })
})

test.each([
  ['slower than the aim', run(2.1)],
  ['of less quality than the aim', run(1, { quality: { r2: 0.89 } })],
  ['of more memory than the aim', run(1, { peakMb: 151 })],
])('what is %s does not meet it', (_, ours) => {
  expect(figuresOf(spec, { 'auspex:a@1': [ours], 'peers:b@1': [run(4)] }).met).toBe(false)
})

test('where the peer is not there its figures are null, and whether the aim is met is not known', () => {
  expect(figuresOf(spec, { 'auspex:a@1': [run(2)] })).toMatchObject({
    seconds: 2,
    peerSeconds: null,
    ratio: null,
    peerQuality: null,
    met: null,
  })
})

test('what failed is told by nulls', () => {
  expect(figuresOf(spec, { 'peers:b@1': [run(4)] })).toMatchObject({ seconds: null, peerSeconds: 4, ratio: null })
})

test('an aim that is missed already is missed, whatever else was not measured', () => {
  expect(figuresOf(spec, { 'auspex:a@1': [run(1, { quality: { r2: 0.1 } })] }).met).toBe(false)
})

test('a limit stands for a peer', () => {
  const limited = { ...spec, theirs: { seconds: 30, peakMb: 100 }, aim: 1, peakAim: 1 }
  expect(figuresOf(limited, { 'auspex:a@1': [run(3, { peakMb: 40 })] })).toMatchObject({
    ratio: 0.1,
    peakRatio: 0.4,
    peerQuality: null,
    met: true,
  })
})

test('a line of predictions has their seconds, fastest first, and rows a second', () => {
  const predicting = { ...spec, part: 'predict' as const, aim: 1, peakAim: undefined }
  const measurements = {
    'auspex:a@1': [run(1, { predictSeconds: 3, predictRows: 600 }), run(2, { predictSeconds: 2, predictRows: 600 })],
    'peers:b@1': [run(9, { predictSeconds: 4, predictRows: 600 })],
  }
  expect(figuresOf(predicting, measurements)).toMatchObject({
    seconds: 2,
    peerSeconds: 4,
    rowsPerSecond: 300,
    peerRowsPerSecond: 150,
    peakMb: null,
    met: true,
  })
})
