import fc from 'fast-check'
import { expect, test } from 'vitest'
import { take, takeRows } from '../matrix.ts'
import { createRandom, permutation } from '../random.ts'
import { solveCholesky } from './cholesky.ts'
import { goldenTable } from './golden-table.ts'
import { fitLinear, predictLinear } from './least-squares.ts'

const column = (...values: number[]) => Float64Array.from(values)

test('a linear law is found again, and the baseline is the mean', async () => {
  const matrix = { rows: 4, columns: [column(0, 1, 2, 5), column(3, -1, 4, 0)] }
  const target = column(0, 6, 3, 13) // 3 + 2 a - b
  const model = await fitLinear(matrix, target)
  expect(Array.from(model.coefficients)).toEqual([expect.closeTo(2, 10), expect.closeTo(-1, 10)])
  expect(model.baseline).toBe(5.5)
  expect(Array.from(predictLinear(model, matrix))).toEqual(Array.from(target, (value) => expect.closeTo(value, 9)))
})

test('the ridge penalty shrinks a standardised coefficient by rows / (rows + ridge)', async () => {
  const matrix = { rows: 2, columns: [column(-3, 3)] }
  const plain = await fitLinear(matrix, column(-6, 6))
  const penalised = await fitLinear(matrix, column(-6, 6), { ridge: 2 })
  expect(plain.coefficients[0]).toBeCloseTo(2, 12)
  expect(penalised.coefficients[0]).toBeCloseTo(1, 12)
  // In units of 6 the same coefficient counts four times as much: rows / (rows + 4 x ridge).
  const inUnits = await fitLinear(matrix, column(-6, 6), { ridge: 2, penaltyUnits: [6] })
  expect(inUnits.coefficients[0]).toBeCloseTo(0.4, 12)
})

test('a row of weight two counts like two rows', async () => {
  const twice = await fitLinear({ rows: 4, columns: [column(1, 2, 4, 4)] }, column(1, 3, 2, 2))
  const weighted = await fitLinear({ rows: 3, columns: [column(1, 2, 4)] }, column(1, 3, 2), {
    weights: column(1, 1, 2),
  })
  expect(weighted.coefficients[0]).toBeCloseTo(twice.coefficients[0] ?? 0, 12)
  expect(weighted.baseline).toBeCloseTo(twice.baseline, 12)
})

test('a column that never changes has no effect', async () => {
  const { coefficients } = await fitLinear(
    { rows: 3, columns: [column(0.1, 0.1, 0.1), column(1, 2, 3)] },
    column(2, 4, 6),
  )
  expect(coefficients[0]).toBe(0)
  expect(coefficients[1]).toBeCloseTo(2, 12)
})

test('columns that determine each other are refused without a penalty and shared with one', async () => {
  const matrix = { rows: 3, columns: [column(1, 2, 3), column(2, 4, 6)] }
  await expect(fitLinear(matrix, column(1, 2, 3))).rejects.toThrow(/determine each other/)
  const { coefficients } = await fitLinear(matrix, column(1, 2, 3), { ridge: 1e-6 })
  expect((coefficients[0] ?? 0) + 2 * (coefficients[1] ?? 0)).toBeCloseTo(1, 4)
})

test('what cannot be learned from is refused with the cell that is wrong', async () => {
  const good = column(1, 2)
  await expect(fitLinear({ rows: 0, columns: [column()] }, column())).rejects.toThrow('there are no rows')
  await expect(fitLinear({ rows: 2, columns: [] }, good)).rejects.toThrow('there are no columns')
  await expect(fitLinear({ rows: 2, columns: [column(1, Number.NaN)] }, good)).rejects.toThrow(
    'row 1 of column 0 is NaN',
  )
  await expect(fitLinear({ rows: 2, columns: [column(Number.POSITIVE_INFINITY, 1)] }, good)).rejects.toThrow(
    'is Infinity',
  )
  await expect(fitLinear({ rows: 2, columns: [good] }, column(1, Number.NaN))).rejects.toThrow(
    'the target of row 1 is NaN',
  )
  await expect(fitLinear({ rows: 2, columns: [good] }, good, { ridge: -1 })).rejects.toThrow('ridge must be 0 or more')
  await expect(fitLinear({ rows: 2, columns: [good] }, column(1))).rejects.toThrow('2 rows have 1 targets')
  await expect(fitLinear({ rows: 2, columns: [good] }, good, { weights: column(0, 0) })).rejects.toThrow('not all zero')
  const huge = { rows: 2, columns: [column(1e200, 1)] }
  await expect(fitLinear(huge, good)).rejects.toThrow('too large to be squared')
})

test('scikit-learn 1.9.1 finds the same coefficients: plain, weighted, and ridge in the units of the columns', async () => {
  const { matrix, target, weights } = goldenTable()
  const golden = {
    plain: [2.809820508, -1.157848481, -0.632395971, -0.041683769, 0.054768755, -0.869295674],
    weighted: [3.252650072, -1.015093474, -1.01422045, -0.047976859, 0.056446075, -1.372206333],
    ridge: [1.201494253, -0.966283766, 0.90870705, -0.03418091, 0.053074529, -0.165607657],
  }
  const near = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 8))
  const plain = await fitLinear(matrix, target)
  expect(Array.from(plain.coefficients)).toEqual(near(golden.plain))
  const atZero = predictLinear(plain, { rows: 1, columns: matrix.columns.map(() => column(0)) })
  expect(atZero[0]).toBeCloseTo(2.988775854, 8)
  expect(Array.from((await fitLinear(matrix, target, { weights })).coefficients)).toEqual(near(golden.weighted))
  const ridge = await fitLinear(matrix, target, { ridge: 3, penaltyUnits: matrix.columns.map(() => 1) })
  expect(Array.from(ridge.coefficients)).toEqual(near(golden.ridge))
})

test('a far column loses no digits: times around 1.7e9 weigh like the same times from 0', async () => {
  const times = column(10, 20, 40, 50)
  const far = times.map((value) => value + 1.7e9)
  const { coefficients } = await fitLinear({ rows: 4, columns: [far] }, column(1, 2, 4, 5))
  expect(coefficients[0]).toBeCloseTo(0.1, 12)
})

test('what is not known is not predicted', async () => {
  const model = await fitLinear({ rows: 3, columns: [column(1, 2, 3)] }, column(2, 4, 6))
  expect(predictLinear(model, { rows: 2, columns: [column(Number.NaN, 4)] })).toEqual(column(Number.NaN, 8))
  const oneTooMany = { rows: 1, columns: [column(1), column(1)] }
  expect(() => predictLinear(model, oneTooMany)).toThrow('1 columns were fitted, got 2')
})

test('a long fit tells how far it is and stops when asked', async () => {
  const rows = 20_000
  const columns = Array.from({ length: 40 }, (_, j) =>
    Float64Array.from({ length: rows }, (_, i) => Math.sin(i * (j + 1))),
  )
  const seen: number[] = []
  await fitLinear({ rows, columns }, columns[0] ?? column(), { onProgress: ({ done }) => seen.push(done) })
  expect(seen.length).toBeGreaterThan(0)
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(fitLinear({ rows, columns }, columns[0] ?? column(), { signal })).rejects.toThrow('enough')
})

test('the order of rows does not matter', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 1e6 }), async (seed) => {
      const random = createRandom(seed)
      const draw = () => Float64Array.from({ length: 12 }, () => random.next() * 10)
      const matrix = { rows: 12, columns: [draw(), draw(), draw()] }
      const target = draw()
      const order = permutation(12, random)
      const model = await fitLinear(matrix, target, { ridge: 0.1 })
      const shuffled = await fitLinear(takeRows(matrix, order), take(target, order), { ridge: 0.1 })
      shuffled.coefficients.forEach((value, j) => {
        expect(value).toBeCloseTo(model.coefficients[j] ?? 0, 8)
      })
    }),
    { numRuns: 50 },
  )
})

test('Cholesky solves a system by hand and refuses a singular one', async () => {
  expect(Array.from(solveCholesky(column(4, 2, 2, 3), column(8, 7)))).toEqual([
    expect.closeTo(1.25),
    expect.closeTo(1.5),
  ])
  expect(() => solveCholesky(column(1, 1, 1, 1), column(1, 1))).toThrow('singular at column 1')
})
