import fc from 'fast-check'
import { expect, test } from 'vitest'
import { goldenTable } from '../linear/golden-table.ts'
import { type Matrix, takeRows } from '../matrix.ts'
import { createRandom, permutation } from '../random.ts'
import { fitPca, inversePca, type PcaOptions, transformPca } from './pca.ts'
import { symmetricEigen } from './symmetric-eigen.ts'

const column = (...values: number[]) => Float64Array.from(values)
const near = (values: ArrayLike<number>, digits = 8) => Array.from(values, (value) => expect.closeTo(value, digits))
const numbersOf = ({ columns }: Matrix) => columns.map((values) => Array.from(values))
const { matrix, weights } = goldenTable()

test('points on a diagonal have one component, along it', async () => {
  const model = await fitPca({ rows: 3, columns: [column(0, 3, 6), column(1, 5, 9)] })
  expect(Array.from(model.components)).toEqual(near([0.6, 0.8, 0.8, -0.6]))
  expect(Array.from(model.variances)).toEqual(near([25, 0]))
  expect(Array.from(model.varianceShares)).toEqual(near([1, 0]))
  const scores = transformPca(model, { rows: 3, columns: [column(0, 3, 6), column(1, 5, 9)] })
  expect(numbersOf(scores)).toEqual([near([-5, 0, 5]), near([0, 0, 0])])
})

test('scikit-learn 1.9.1 finds the same components, signs included', async () => {
  const model = await fitPca(matrix, { components: 3 })
  expect(Array.from(model.components)).toEqual(
    near([
      ...[-0.00122199, 0.002730507, -0.000621972, -0.002342097, 0.99999256, 0.000243885],
      ...[-0.002218421, -0.012075071, -0.003000016, 0.999901757, 0.002371639, -0.005578818],
      ...[0.700504983, -0.027804945, 0.713088819, 0.003336135, 0.001384083, -0.00330828],
    ]),
  )
  expect(Array.from(model.variances)).toEqual(near([71.158581566, 1.986141668, 0.647332413]))
  expect(Array.from(model.varianceShares)).toEqual(near([0.963173193, 0.026883594, 0.008762024]))
  const twoRows = takeRows(matrix, [0, 1])
  expect(numbersOf(transformPca(model, twoRows))).toEqual([
    near([11.613469539, 3.929316619]),
    near([-0.498754801, -0.266307565]),
    near([0.285956329, 0.6764631]),
  ])
  const whitened = await fitPca(matrix, { components: 3, whiten: true })
  expect(numbersOf(transformPca(whitened, twoRows))).toEqual([
    near([1.37672863, 0.465804183]),
    near([-0.353901153, -0.188963704]),
    near([0.355415232, 0.840776249]),
  ])
})

test.each([{}, { whiten: true }])('all components give the rows back (%o)', async (options: PcaOptions) => {
  const model = await fitPca(matrix, options)
  const back = inversePca(model, transformPca(model, matrix))
  expect(numbersOf(back)).toEqual(matrix.columns.map((values) => near(values)))
})

test('a row of weight two counts like two rows, and one of weight zero like none', async () => {
  const rows = Array.from(weights, (weight, i) => new Array<number>(weight).fill(i)).flat()
  const repeated = await fitPca(takeRows(matrix, rows))
  const weighted = await fitPca(matrix, { weights })
  expect(Array.from(weighted.components)).toEqual(near(repeated.components))
  expect(Array.from(weighted.variances)).toEqual(near(repeated.variances))
})

test('the order of rows does not matter, one unit for all columns scales variances, constants change nothing', async () => {
  const model = await fitPca(matrix)
  const constant = new Float64Array(matrix.rows).fill(0.1)
  await fc.assert(
    fc.asyncProperty(fc.nat(1e6), fc.double({ min: 1e-3, max: 1e3, noNaN: true }), async (seed, unit) => {
      const { rows, columns } = takeRows(matrix, permutation(matrix.rows, createRandom(seed)))
      const scaled = columns.map((values) => values.map((value) => value * unit))
      const other = await fitPca({ rows, columns: [...scaled, constant] }, { components: 6 })
      const ofComponents = other.components.filter((_, i) => i % 7 !== 6)
      expect(Array.from(ofComponents)).toEqual(near(model.components, 7))
      expect(Array.from(other.variances, (value) => value / unit ** 2)).toEqual(near(model.variances, 7))
    }),
    { numRuns: 20 },
  )
})

test('more columns than rows leave the components that rows cannot tell without variance', async () => {
  const wide = takeRows(matrix, [0, 1, 2])
  const { variances } = await fitPca(wide)
  expect(Array.from(variances.subarray(2))).toEqual(near([0, 0, 0, 0]))
  await expect(fitPca(wide, { whiten: true })).rejects.toThrow('keep at most 2 components')
})

test('eigenvectors rebuild any symmetric matrix and stand at right angles', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(1e6), (size, seed) => {
      const random = createRandom(seed)
      const symmetric = new Float64Array(size * size)
      for (let i = 0; i < size; i++)
        for (let j = 0; j <= i; j++) {
          const value = random.next() < 0.3 ? 0 : random.next() - 0.5
          symmetric[i * size + j] = value
          symmetric[j * size + i] = value
        }
      const { values, vectors } = symmetricEigen(symmetric, size)
      const at = (k: number, i: number) => vectors[k * size + i] ?? 0
      const sum = (of: (k: number) => number) =>
        Array.from({ length: size }, (_, k) => of(k)).reduce((a, b) => a + b, 0)
      for (let i = 0; i < size; i++)
        for (let j = 0; j < size; j++) {
          expect(sum((k) => (values[k] ?? 0) * at(k, i) * at(k, j))).toBeCloseTo(symmetric[i * size + j] ?? 0, 10)
          expect(sum((k) => at(i, k) * at(j, k))).toBeCloseTo(Number(i === j), 10)
        }
      expect(Array.from(values)).toEqual(Array.from(values).sort((a, b) => b - a))
    }),
    { numRuns: 100 },
  )
})

test('what has no components is refused', async () => {
  await expect(fitPca({ rows: 0, columns: [column()] })).rejects.toThrow('there are no rows')
  await expect(fitPca({ rows: 1, columns: [column(3)] })).rejects.toThrow('two rows at least')
  await expect(fitPca({ rows: 2, columns: [column(3, 3)] })).rejects.toThrow('no column changes')
  const missing = { rows: 2, columns: [column(Number.NaN, Number.NaN)] }
  await expect(fitPca(missing)).rejects.toThrow('row 0 of column 0 is NaN')
  const endless = { rows: 2, columns: [column(1, Number.POSITIVE_INFINITY)] }
  await expect(fitPca(endless)).rejects.toThrow('row 1 of column 0 is Infinity')
  await expect(fitPca(matrix, { components: 7 })).rejects.toThrow('components must be from 1 to the 6 columns, got 7')
  await expect(fitPca(matrix, { weights: column(1) })).rejects.toThrow('one non-negative number a row')
  await expect(fitPca({ rows: 2, columns: [column(1e200, 1)] })).rejects.toThrow('too large to be squared')
})

test('a long fit stops when asked', async () => {
  const rows = 20_000
  const columns = Array.from({ length: 40 }, (_, j) =>
    Float64Array.from({ length: rows }, (_, i) => (i * (j + 3)) % 17),
  )
  const fitting = fitPca({ rows, columns }, { signal: AbortSignal.abort(new Error('enough')) })
  await expect(fitting).rejects.toThrow('enough')
})
