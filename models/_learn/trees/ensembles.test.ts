import { expect, test } from 'vitest'
import { regressionMetrics } from '../judging/metrics.ts'
import { createRandom } from '../random.ts'
import { fitForest } from './forest.ts'
import { predictEnsemble } from './tree.ts'

const forestOptions = { trees: 60, seed: 1, maxDepth: 20, minLeafWeight: 1, columnsPerSplit: 2 }

/** y = 10 a b + 5 [c > 0.5], with one unknown cell in twenty. */
function friedmanLike(rows: number, seed: number) {
  const random = createRandom(seed)
  const columns = [0, 1, 2].map(() => Float64Array.from({ length: rows }, () => random.next()))
  const [a, b, c] = columns
  const target = Float64Array.from({ length: rows }, (_, i) => {
    return 10 * (a?.[i] ?? 0) * (b?.[i] ?? 0) + ((c?.[i] ?? 0) > 0.5 ? 5 : 0)
  })
  const holed = columns.map((column) => column.map((value) => (random.next() < 0.05 ? Number.NaN : value)))
  return { matrix: { rows, columns: holed }, target }
}

const train = friedmanLike(400, 1)
const fresh = friedmanLike(200, 2)

test('a forest predicts rows that it has not seen, and its out-of-bag rows foretell how well', async () => {
  const forest = await fitForest(train.matrix, train.target, forestOptions)
  const { r2 } = regressionMetrics(fresh.target, predictEnsemble(forest, fresh.matrix))
  expect(r2).toBeGreaterThan(0.85)
  expect(regressionMetrics(train.target, forest.outOfBag).r2).toBeCloseTo(r2, 1)
})

test('the same seed gives the same trees, another seed others', async () => {
  const fits = await Promise.all(
    [1, 1, 2].map((seed) => fitForest(train.matrix, train.target, { ...forestOptions, trees: 3, seed })),
  )
  expect(fits[0]).toEqual(fits[1])
  expect(fits[0]).not.toEqual(fits[2])
})

test('a training tells how far it is and stops when it is told to', async () => {
  const seen: number[] = []
  const stop = new AbortController()
  const onProgress = ({ done }: { done: number }) => {
    seen.push(done)
    if (done === 40) stop.abort(new Error('enough'))
  }
  const options = { ...forestOptions, trees: 1000, onProgress, signal: stop.signal }
  await expect(fitForest(train.matrix, train.target, options)).rejects.toThrow('enough')
  expect(seen.length).toBeLessThan(100)
})

test('what cannot be learned from is refused', async () => {
  const infinite = { rows: 2, columns: [Float64Array.of(1, Number.NEGATIVE_INFINITY)] }
  await expect(fitForest(infinite, Float64Array.of(1, 2), forestOptions)).rejects.toThrow('row 1 of column 0')
  await expect(fitForest({ rows: 0, columns: [] }, new Float64Array(), forestOptions)).rejects.toThrow('no rows')
})
