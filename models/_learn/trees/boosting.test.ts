import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { regressionMetrics } from '../judging/regression-metrics.ts'
import { nodeTeam } from '../kernels/node-team.ts'
import { type Matrix, take, takeRows } from '../matrix.ts'
import { createRandom, permutation, type Random } from '../random.ts'
import { friedmanLike } from '../testing/friedman-like.ts'
import { type BoostingOptions, fitBoosting } from './boosting.ts'
import { huberLoss } from './losses/huber.ts'
import { lambdaRankLoss } from './losses/lambda-rank.ts'
import { logisticLoss } from './losses/logistic.ts'
import type { Loss } from './losses/loss.ts'
import { absoluteLoss, quantileLoss } from './losses/quantile.ts'
import { softmaxLoss } from './losses/softmax.ts'
import { squaredLoss } from './losses/squared.ts'
import { predictEnsemble } from './predict.ts'

const small: BoostingOptions = {
  loss: squaredLoss(),
  rounds: 60,
  learningRate: 0.2,
  minLeafWeight: 1,
  maxLeaves: 8,
  seed: 1,
}
const stump: BoostingOptions = { ...small, rounds: 1, learningRate: 0.5, maxLeaves: 2 }

const train = friedmanLike(400, 1)
const fresh = friedmanLike(200, 2)

async function predict(matrix: Matrix, target: Float64Array, options: Partial<BoostingOptions>, asked = matrix) {
  return predictEnsemble(await fitBoosting(matrix, target, { ...small, ...options }), asked)
}

function column(...values: number[]): Matrix {
  return { rows: values.length, columns: [Float64Array.from(values)] }
}

function expectClose(actual: Float64Array, wanted: Float64Array, digits: number) {
  actual.forEach((value, row) => {
    expect(value).toBeCloseTo(wanted[row] ?? Number.NaN, digits)
  })
}

describe('by hand', () => {
  const four = column(1, 2, 3, 4)
  const stumpOf = async (loss: Loss, ...target: number[]) =>
    Array.from(await predict(four, Float64Array.from(target), { ...stump, loss }))

  test('squared loss steps towards the means of the two sides', async () => {
    expect(await stumpOf(squaredLoss(), 0, 0, 10, 10)).toEqual([2.5, 2.5, 7.5, 7.5])
  })
  test('absolute loss starts at the median and steps towards the medians of the residuals', async () => {
    // The start is the median 4; the left leaf's residuals are -4 and -4, the right's 8 and 4.
    expect(await stumpOf(absoluteLoss(), 0, 0, 12, 8)).toEqual([2, 2, 7, 7])
  })
  test('quantile loss starts at the quantile', async () => {
    expect(await stumpOf(quantileLoss(0.75), 0, 0, 0, 8)).toEqual([2, 2, 2, 6]) // start 4, the mean of 0 and 8
  })
  test('logistic loss takes a Newton step in log odds', async () => {
    // At the start every probability is 1/2: gradients +-1/2, hessians 1/4, steps -+2, of which half is taken.
    expect(await stumpOf(logisticLoss(), 0, 0, 1, 1)).toEqual([-1, -1, 1, 1])
  })
  test('penalties shrink leaves', async () => {
    const target = Float64Array.of(0, 0, 10, 10)
    expect(Array.from(await predict(four, target, { ...stump, l2: 2 }))).toEqual([3.75, 3.75, 6.25, 6.25]) // 10 / (2 + 2) / 2
    expect(Array.from(await predict(four, target, { ...stump, l1: 4 }))).toEqual([3.5, 3.5, 6.5, 6.5]) // (10 - 4) / 2 / 2
  })
  test('weights count like copies', async () => {
    const target = Float64Array.of(0, 1, 5, 5)
    const weighted = await predict(four, target, { ...stump, weights: Float64Array.of(3, 1, 1, 2) })
    const copied = await predict(column(1, 1, 1, 2, 3, 4, 4), Float64Array.of(0, 0, 0, 1, 5, 5, 5), stump, four)
    expectClose(weighted, copied, 6)
  })
})

test.each([squaredLoss(), absoluteLoss(), huberLoss()])(
  'boosting with $name loss predicts rows that it has not seen',
  async (loss) => {
    const predicted = await predict(train.matrix, train.target, { loss }, fresh.matrix)
    expect(regressionMetrics(fresh.target, predicted).r2).toBeGreaterThan(0.85)
  },
)

test('absolute and Huber loss care less for one wild row', async () => {
  const wild = train.target.map((value, row) => (row === 7 ? 10_000 : value))
  const error = async (loss: Loss) =>
    regressionMetrics(fresh.target, await predict(train.matrix, wild, { loss }, fresh.matrix)).mae
  const squared = await error(squaredLoss())
  expect(await error(absoluteLoss())).toBeLessThan(squared / 2)
  expect(await error(huberLoss())).toBeLessThan(squared / 2)
})

test('a quantile lies above its share of rows that were not seen', async () => {
  const noisy = (rows: number, seed: number) => {
    const random = createRandom(seed)
    const x = Float64Array.from({ length: rows }, () => random.next())
    return { matrix: { rows, columns: [x] }, target: x.map((value) => 3 * value + random.next()) }
  }
  const [known, later] = [noisy(2000, 1), noisy(2000, 2)]
  for (const level of [0.1, 0.5, 0.9]) {
    const options = { loss: quantileLoss(level), rounds: 40, minLeafWeight: 30 }
    const predicted = await predict(known.matrix, known.target, options, later.matrix)
    const below = later.target.filter((value, row) => value <= (predicted[row] ?? 0)).length / 2000
    expect(Math.abs(below - level)).toBeLessThan(0.05)
  }
})

/** Three classes in the corners of a square, one column useless. */
function corners(rows: number, random: Random) {
  const columns = [0, 1, 2].map(() => Float64Array.from({ length: rows }, () => random.next()))
  const [a, b] = columns
  const target = Float64Array.from({ length: rows }, (_, i) =>
    (a?.[i] ?? 0) > 0.5 ? ((b?.[i] ?? 0) > 0.5 ? 2 : 1) : 0,
  )
  return { matrix: { rows, columns }, target }
}

test('softmax finds each row its class', async () => {
  const { matrix, target } = corners(600, createRandom(3))
  const later = corners(300, createRandom(4))
  const scores = await predict(matrix, target, { loss: softmaxLoss(3), rounds: 20 }, later.matrix)
  const right = later.target.filter((label, row) => {
    const own = scores.subarray(3 * row, 3 * row + 3)
    return own.indexOf(Math.max(...own)) === label
  })
  expect(right.length / 300).toBeGreaterThan(0.97)
})

test('ranking puts what is relevant first, within each list', async () => {
  const random = createRandom(5)
  const rows = 600
  const groups = Int32Array.from({ length: rows }, (_, row) => Math.floor(row / 12))
  const x = Float64Array.from({ length: rows }, () => random.next())
  const level = Float64Array.from({ length: rows }, (_, row) => (groups[row] ?? 0) * 10) // lists differ, which says nothing
  const target = x.map((value) => Math.floor(4 * (value > 0.5 ? 1 - value : value) * 1.99))
  const matrix = { rows, columns: [x, level] }
  const loss = lambdaRankLoss()
  const scores = await predict(matrix, target, { loss, groups, rounds: 50, minLeafWeight: 5 })
  const over = loss.over({ target, groups })
  expect(over.evaluate(scores)).toBeLessThan(0.02)
  expect(over.evaluate(new Float64Array(rows))).toBeGreaterThan(0.15)
})

test('predictions rise with a column that is said to rise, whatever the noise', async () => {
  const random = createRandom(6)
  const rows = 400
  const x = Float64Array.from({ length: rows }, () => random.next())
  const other = Float64Array.from({ length: rows }, () => random.next())
  const target = x.map((value, row) => value + 2 * Math.sin(8 * value) + (other[row] ?? 0) + random.next())
  const grid = Float64Array.from({ length: 101 }, (_, i) => i / 100)
  for (const direction of [1, -1] as const) {
    const options = { monotone: { 0: direction }, maxLeaves: 16 }
    const asked = { rows: 101, columns: [grid, new Float64Array(101).fill(0.3)] }
    const predicted = await predict({ rows, columns: [x, other] }, target, options, asked)
    for (let i = 1; i < 101; i++)
      expect(((predicted[i] ?? 0) - (predicted[i - 1] ?? 0)) * direction).toBeGreaterThanOrEqual(0)
  }
})

test('categories are split as sets, and an unknown one goes where the rest goes', async () => {
  const random = createRandom(7)
  const rows = 300
  const codes = Float64Array.from({ length: rows }, () => random.integer(12))
  const target = codes.map((code) => ([1, 4, 6, 11].includes(code) ? 10 : 0))
  const matrix = { rows, columns: [codes] }
  const options = { categorical: [0], maxLeaves: 2, rounds: 1, learningRate: 1 }
  const ensemble = await fitBoosting(matrix, target, { ...small, ...options })
  const predicted = predictEnsemble(ensemble, matrix)
  expectClose(predicted, target, 5)
  const left = ensemble.trees[0]?.categories?.get(0) ?? []
  expect([[1, 4, 6, 11].join(), [0, 2, 3, 5, 7, 8, 9, 10].join()]).toContain(Array.from(left).join())
  const unknown = predictEnsemble(ensemble, column(99))[0] ?? -1
  expect(unknown).toBeCloseTo(Array.from(left).includes(1) ? 0 : 10, 5)
})

test('training ends when rows that it has not seen gain nothing more, and keeps the best rounds', async () => {
  const random = createRandom(8)
  const noise = (rows: number) => ({
    matrix: { rows, columns: [Float64Array.from({ length: rows }, () => random.next())] },
    target: Float64Array.from({ length: rows }, () => random.next()),
  })
  const known = noise(200)
  const validation = { ...noise(100), patience: 5 }
  const ensemble = await fitBoosting(known.matrix, known.target, { ...small, rounds: 500, validation })
  expect(ensemble.rounds).toBeLessThan(20)
  expect(ensemble.trees).toHaveLength(ensemble.rounds)
})

test('the same seed gives the same trees, another seed others', async () => {
  const options = { ...small, rounds: 3, rowShare: 0.7, columnShare: 0.7, columnsPerSplit: 1 }
  const [one, same, other] = await Promise.all(
    [1, 1, 2].map((seed) => fitBoosting(train.matrix, train.target, { ...options, seed })),
  )
  expect(one).toEqual(same)
  expect(one).not.toEqual(other)
})

test('any number of threads gives the same trees', async () => {
  const options = { ...small, rounds: 5, rowShare: 0.8, loss: logisticLoss() }
  const target = train.target.map((value) => Number(value > 5))
  const learn = async (size: number) => fitBoosting(train.matrix, target, { ...options, team: nodeTeam(size) })
  expect(await learn(3)).toEqual(await learn(1))
  await expect(learn(0)).rejects.toThrow('1 to 64 threads')
})

const tables = fc
  .record({ rows: fc.integer({ min: 1, max: 40 }), seed: fc.integer({ min: 1, max: 1e6 }) })
  .map(({ rows, seed }) => {
    const random = createRandom(seed)
    const cell = () => (random.next() < 0.1 ? Number.NaN : random.integer(8))
    const columns = [0, 1].map(() => Float64Array.from({ length: rows }, cell))
    return {
      matrix: { rows, columns },
      target: Float64Array.from({ length: rows }, () => random.integer(20) / 4),
      seed,
    }
  })

describe('properties', () => {
  const options = { rounds: 5, maxLeaves: 6 }
  const check = (property: (table: { matrix: Matrix; target: Float64Array; seed: number }) => Promise<void>) =>
    fc.assert(fc.asyncProperty(tables, property), { numRuns: 40 })

  test('the order of rows changes nothing', () =>
    check(async ({ matrix, target, seed }) => {
      const order = permutation(matrix.rows, createRandom(seed))
      const plain = await predict(matrix, target, options)
      const shuffled = await predict(takeRows(matrix, order), take(target, order), options, matrix)
      expectClose(shuffled, plain, 9)
    }))
  test('the scale of a column changes nothing', () =>
    check(async ({ matrix, target }) => {
      const scaled = { ...matrix, columns: matrix.columns.map((values) => values.map((value) => value * 1024 - 7)) }
      expect(await predict(scaled, target, options)).toEqual(await predict(matrix, target, options))
    }))
  test('a row twice is a row of weight two', () =>
    check(async ({ matrix: { rows }, seed }) => {
      // Of splits that gain the same, rounding chooses: no two do here.
      const random = createRandom(seed)
      const draw = () => Float64Array.from({ length: rows }, random.next)
      const matrix = { rows, columns: [draw(), draw()] }
      const target = draw()
      const twice = Array.from({ length: matrix.rows }, (_, row) => (row % 3 === 0 ? [row, row] : [row])).flat()
      const weights = Float64Array.from({ length: matrix.rows }, (_, row) => (row % 3 === 0 ? 2 : 1))
      const weighted = await predict(matrix, target, { ...options, weights })
      const copied = await predict(takeRows(matrix, twice), take(target, twice), options, matrix)
      expectClose(copied, weighted, 5)
    }))
  test('a constant column, and one of which nothing is known, change nothing', () =>
    check(async ({ matrix, target }) => {
      const useless = [new Float64Array(matrix.rows).fill(3), new Float64Array(matrix.rows).fill(Number.NaN)]
      const wider = { ...matrix, columns: [...matrix.columns, ...useless] }
      expect(await predict(wider, target, options)).toEqual(await predict(matrix, target, options))
    }))
  test('predictions stay within the targets', () =>
    check(async ({ matrix, target }) => {
      for (const value of await predict(matrix, target, options)) {
        expect(value).toBeGreaterThanOrEqual(Math.min(...target) - 1e-6)
        expect(value).toBeLessThanOrEqual(Math.max(...target) + 1e-6)
      }
    }))
})

test('what cannot be learned from is refused, with the place that is wrong', async () => {
  const learn = (matrix: Matrix, target: number[], options: Partial<BoostingOptions> = {}) =>
    fitBoosting(matrix, Float64Array.from(target), { ...small, ...options })
  await expect(learn({ rows: 0, columns: [] }, [])).rejects.toThrow('no rows')
  await expect(learn(column(1, Number.POSITIVE_INFINITY), [1, 2])).rejects.toThrow('row 1 of column 0')
  await expect(learn(column(1, 2), [1, Number.NaN])).rejects.toThrow('target of row 1')
  await expect(learn(column(1, 2), [1, 2], { weights: Float64Array.of(1, -1) })).rejects.toThrow('weights')
  await expect(learn(column(1, 2), [1, 1], { loss: logisticLoss() })).rejects.toThrow('one class')
  await expect(learn(column(1, 2), [1, 2], { loss: logisticLoss() })).rejects.toThrow('row 1 is 2')
  await expect(learn(column(1, 2), [0, 3], { loss: softmaxLoss(3) })).rejects.toThrow('0 to 2')
  await expect(learn(column(1, 2), [0, 3], { loss: lambdaRankLoss() })).rejects.toThrow('groups')
  await expect(learn(column(1, 2.5), [1, 2], { categorical: [0] })).rejects.toThrow('whole numbers')
  await expect(learn(column(1, 2), [1, 2], { monotone: { 0: 1 }, loss: absoluteLoss() })).rejects.toThrow('derivatives')
  await expect(learn(column(1, 2), [1, 2], { learningRate: 0 })).rejects.toThrow('learningRate')
  await expect(learn(column(1, 2), [1, 2], { rounds: 0 })).rejects.toThrow('rounds')
})

test('a training tells how far it is and stops when it is told to', async () => {
  const stop = new AbortController()
  const seen: number[] = []
  const onProgress = ({ done }: { done: number }) => {
    seen.push(done)
    if (done === 20) stop.abort(new Error('enough'))
  }
  await expect(predict(train.matrix, train.target, { rounds: 1000, onProgress, signal: stop.signal })).rejects.toThrow(
    'enough',
  )
  expect(seen.length).toBeLessThan(40)
})
