import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Progress } from '../control.ts'
import { take, takeRows } from '../matrix.ts'
import { createRandom, permutation } from '../random.ts'
import { fitElasticNet, fitElasticNetPath } from './elastic-net.ts'
import { goldenTable } from './golden-table.ts'
import { fitLinear, predictLinear } from './least-squares.ts'

const column = (...values: number[]) => Float64Array.from(values)
const near = (values: ArrayLike<number>, digits = 5) => Array.from(values, (value) => expect.closeTo(value, digits))

test('the lasso draws each coefficient of independent columns to zero by the penalty, and no further', async () => {
  const matrix = { rows: 4, columns: [column(-1, -1, 1, 1), column(-1, 1, -1, 1)] }
  const target = column(7.75, 8.25, 11.75, 12.25) // 10 + 2 a + 0.25 b
  const { coefficients, baseline } = await fitElasticNet(matrix, target, { penalty: 0.5 })
  expect(Array.from(coefficients)).toEqual([1.5, 0])
  expect(baseline).toBe(10)
})

test('the share on squares divides what is left: (2 - 0.5) / (1 + 0.5)', async () => {
  const matrix = { rows: 2, columns: [column(-1, 1)] }
  const { coefficients } = await fitElasticNet(matrix, column(-2, 2), { penalty: 1, l1Ratio: 0.5 })
  expect(coefficients[0]).toBeCloseTo(1, 12)
})

test('scikit-learn 1.9.1 finds the same coefficients, with and without weights', async () => {
  const { matrix, target, weights } = goldenTable()
  const netOf = (penalty: number, l1Ratio: number, rowWeights?: Float64Array) =>
    fitElasticNet(matrix, target, { penalty, l1Ratio, ...(rowWeights && { weights: rowWeights }) })
  const golden = {
    lasso: [2.036982556, -0.537582973, 0, -0.004092471, 0.05169545, 0],
    lassoWeighted: [2.051632141, -0.285126762, 0, -0.002930885, 0.054005004, 0],
    net: [0.970462757, -0.344925265, 0.907810082, -0.001354631, 0.050403471, 0],
    netWeighted: [0.989118406, -0.161563077, 0.883041221, -0.003158026, 0.053404348, 0],
  }
  expect(Array.from((await netOf(0.05, 1)).coefficients)).toEqual(near(golden.lasso))
  expect(Array.from((await netOf(0.05, 1, weights)).coefficients)).toEqual(near(golden.lassoWeighted))
  expect(Array.from((await netOf(0.1, 0.5)).coefficients)).toEqual(near(golden.net))
  expect(Array.from((await netOf(0.1, 0.5, weights)).coefficients)).toEqual(near(golden.netWeighted))
})

test('a path gives for each penalty the model of that penalty alone', async () => {
  const { matrix, target } = goldenTable()
  const penalties = [1, 0.1, 0.01]
  const path = await fitElasticNetPath(matrix, target, { penalties, l1Ratio: 0.7 })
  for (const [i, penalty] of penalties.entries()) {
    const alone = await fitElasticNet(matrix, target, { penalty, l1Ratio: 0.7 })
    expect(Array.from(path[i]?.coefficients ?? [])).toEqual(near(alone.coefficients))
  }
})

test('a tiny penalty is least squares, a huge one the mean', async () => {
  const { matrix, target } = goldenTable()
  const free = await fitLinear(matrix, target)
  const tiny = await fitElasticNet(matrix, target, { penalty: 1e-9, maxPasses: 1e6 })
  expect(Array.from(tiny.coefficients)).toEqual(near(free.coefficients, 4))
  const huge = await fitElasticNet(matrix, target, { penalty: 1e9 })
  expect(Array.from(huge.coefficients)).toEqual([0, 0, 0, 0, 0, 0])
  expect(predictLinear(huge, matrix)[5]).toBe(free.baseline)
})

test('a row of weight two counts like two rows, and one of weight zero like none', async () => {
  const { matrix, target, weights } = goldenTable()
  const rows = Array.from(weights, (weight, i) => new Array<number>(weight).fill(i)).flat()
  const repeated = await fitElasticNet(takeRows(matrix, rows), take(target, rows), { penalty: 0.1 })
  const weighted = await fitElasticNet(matrix, target, { penalty: 0.1, weights })
  expect(Array.from(weighted.coefficients)).toEqual(near(repeated.coefficients, 8))
  expect(weighted.baseline).toBeCloseTo(repeated.baseline, 10)
})

test('neither the order of rows nor, standardised, the units of columns move a prediction', async () => {
  const { matrix, target } = goldenTable()
  const options = { penalty: 0.05, standardise: true }
  const predictions = predictLinear(await fitElasticNet(matrix, target, options), matrix)
  await fc.assert(
    fc.asyncProperty(fc.nat(1e6), fc.double({ min: 1e-4, max: 1e4, noNaN: true }), async (seed, factor) => {
      const order = permutation(matrix.rows, createRandom(seed))
      const { rows, columns } = takeRows(matrix, order)
      const scaled = {
        rows,
        columns: columns.map((values, j) => (j === 1 ? values.map((v) => v * factor + 1) : values)),
      }
      const model = await fitElasticNet(scaled, take(target, order), options)
      expect(Array.from(predictLinear(model, scaled))).toEqual(near(take(predictions, order)))
    }),
    { numRuns: 20 },
  )
})

test('constant columns change nothing, and columns that follow each other share', async () => {
  const { matrix, target } = goldenTable()
  const options = { penalty: 0.1, l1Ratio: 0.5 }
  const model = await fitElasticNet(matrix, target, options)
  const constant = new Float64Array(matrix.rows).fill(0.1)
  const more = await fitElasticNet({ ...matrix, columns: [constant, ...matrix.columns] }, target, options)
  expect(Array.from(more.coefficients)).toEqual([0, ...near(model.coefficients)])
  const [first = constant] = matrix.columns
  const twins = await fitElasticNet({ rows: matrix.rows, columns: [first, first] }, target, options)
  expect(twins.coefficients[0]).toBeCloseTo(twins.coefficients[1] ?? 0, 5)
})

test('a target that never changes is predicted without any column', async () => {
  const { matrix } = goldenTable()
  const model = await fitElasticNet(matrix, new Float64Array(matrix.rows).fill(0.3), { penalty: 0.1 })
  expect(model.baseline).toBeCloseTo(0.3, 12)
  expect(Array.from(model.coefficients)).toEqual([0, 0, 0, 0, 0, 0])
})

test('what cannot be learned from is refused', async () => {
  const good = column(1, 2)
  const matrix = { rows: 2, columns: [good] }
  const penalty = 0.1
  await expect(fitElasticNet({ rows: 0, columns: [column()] }, column(), { penalty })).rejects.toThrow('no rows')
  const missing = { rows: 2, columns: [column(Number.NaN, Number.NaN)] }
  await expect(fitElasticNet(missing, good, { penalty })).rejects.toThrow('row 0 of column 0 is NaN')
  const endless = { rows: 2, columns: [column(1, Number.NEGATIVE_INFINITY)] }
  await expect(fitElasticNet(endless, good, { penalty })).rejects.toThrow('row 1 of column 0 is -Infinity')
  await expect(fitElasticNet(matrix, good, { penalty: 0 })).rejects.toThrow('penalty must be above 0, got 0')
  await expect(fitElasticNet(matrix, good, { penalty, l1Ratio: 0 })).rejects.toThrow('l1Ratio must be above 0')
  const weights = column(-1, 2)
  await expect(fitElasticNet(matrix, good, { penalty, weights })).rejects.toThrow('one non-negative number a row')
  const huge = { rows: 2, columns: [column(1e200, 1)] }
  await expect(fitElasticNet(huge, good, { penalty })).rejects.toThrow('too large to be squared')
})

test('too few passes are an error, not a poor model', async () => {
  const { matrix, target } = goldenTable()
  await expect(fitElasticNet(matrix, target, { penalty: 1e-4, maxPasses: 3 })).rejects.toThrow(
    'did not converge in 3 passes',
  )
})

test('it tells how far it is and stops when asked', async () => {
  const { matrix, target } = goldenTable()
  const seen: Progress[] = []
  await fitElasticNet(matrix, target, { penalty: 1e-4, onProgress: (progress) => seen.push(progress) })
  expect(seen[0]).toEqual({ stage: 'passes', done: 10, total: 10_000 })
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(fitElasticNet(matrix, target, { penalty: 1e-4, signal })).rejects.toThrow('enough')
})
