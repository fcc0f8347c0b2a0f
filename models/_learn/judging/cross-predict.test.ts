import { expect, test } from 'vitest'
import { take } from '../matrix.ts'
import { crossPredict } from './cross-predict.ts'
import { kFolds, type Split } from './splits.ts'
import { timeFolds } from './time-folds.ts'

const target = Float64Array.of(1, 2, 3, 4, 5, 6)
const total = target.reduce((a, b) => a + b, 0)
const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0)

/** Predicts the sum of what it learns from. */
const sumOfTrain = ({ train, test: rows }: Split) => new Float64Array(rows.length).fill(sum(take(target, train)))

test('no row has a part in its own prediction', async () => {
  const leaveOneOut = kFolds(6, { folds: 6, repeats: 3, seed: 1 })
  expect(await crossPredict(6, leaveOneOut, sumOfTrain)).toEqual(target.map((value) => total - value))
})

test('rows that are never tested have no prediction', async () => {
  const splits = timeFolds(target, { folds: 2 })
  expect(await crossPredict(6, splits, sumOfTrain)).toEqual(Float64Array.of(Number.NaN, Number.NaN, 3, 3, 10, 10))
})

test('progress is told, an abort heard, and a missing prediction refused', async () => {
  const told: number[] = []
  const splits = kFolds(6, { folds: 2, seed: 1 })
  await crossPredict(6, splits, sumOfTrain, { onProgress: ({ done }) => told.push(done) })
  expect(told).toEqual([1, 2])
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(crossPredict(6, splits, sumOfTrain, { signal })).rejects.toThrow('enough')
  await expect(crossPredict(6, splits, () => target)).rejects.toThrow('split 0 tests 3 rows and has 6 predictions')
})
