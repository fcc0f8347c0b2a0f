import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Progress } from '../control.ts'
import { take, takeRows } from '../matrix.ts'
import { createRandom, permutation } from '../random.ts'
import { goldenTable } from './golden-table.ts'
import { fitLogistic, type LogisticOptions } from './logistic.ts'
import { type LogisticModel, predictLogistic } from './logistic-model.ts'

const column = (...values: number[]) => Float64Array.from(values)
const near = (values: ArrayLike<number>, digits = 5) => Array.from(values, (value) => expect.closeTo(value, digits))
const { matrix, binary, classes, weights } = goldenTable()

const fitGolden = (target: Float64Array, options?: LogisticOptions) => fitLogistic(matrix, target, options)

/** What a score is where all columns are 0. */
function interceptsAtZero({ intercepts, coefficients, means }: LogisticModel): number[] {
  return Array.from(intercepts, (intercept, score) =>
    means.reduce((sum, mean, j) => sum - mean * (coefficients[score * means.length + j] ?? 0), intercept),
  )
}

test('the log odds of four rows by hand: 3 of 4 are of class 1 where the column is 1, 1 of 4 where it is 0', async () => {
  const table = { rows: 8, columns: [column(0, 0, 0, 0, 1, 1, 1, 1)] }
  const model = await fitLogistic(table, column(1, 0, 0, 0, 1, 1, 1, 0), { penalty: 0 })
  expect(model.coefficients[0]).toBeCloseTo(2 * Math.log(3), 6)
  expect(interceptsAtZero(model)[0]).toBeCloseTo(-Math.log(3), 6)
  const [notOne, one] = predictLogistic(model, { rows: 1, columns: [column(1)] })
  expect([notOne, one]).toEqual([expect.closeTo(0.25, 6), expect.closeTo(0.75, 6)])
})

test('without a column that changes, three classes get their shares', async () => {
  const table = { rows: 6, columns: [column(5, 5, 5, 5, 5, 5)] }
  const model = await fitLogistic(table, column(0, 1, 1, 2, 2, 2))
  expect(Array.from(model.coefficients)).toEqual([0, 0, 0])
  expect(Array.from(predictLogistic(model, takeRows(table, [0])))).toEqual(near([1 / 6, 2 / 6, 3 / 6]))
})

test('scikit-learn 1.9.1 finds the same two classes: penalised, weighted and free', async () => {
  const plain = await fitGolden(binary)
  expect(interceptsAtZero(plain)).toEqual(near([0.049685451]))
  expect(Array.from(plain.coefficients)).toEqual(
    near([0.903907166, -0.999951011, 1.412457807, 0.023264541, 0.060115132, -0.002020515]),
  )
  const weighted = await fitGolden(binary, { penalty: 10, weights })
  expect(interceptsAtZero(weighted)).toEqual(near([0.047855645]))
  expect(Array.from(weighted.coefficients)).toEqual(
    near([0.957208885, -0.366391628, 1.127479519, 0.093769594, 0.042658845, 0.011658374]),
  )
  const free = await fitGolden(binary, { penalty: 0 })
  expect(interceptsAtZero(free)).toEqual(near([0.119122454]))
  expect(Array.from(free.coefficients)).toEqual(
    near([-4.205969706, -1.470214889, 6.663999741, 0.019081538, 0.062791815, -0.770778664]),
  )
})

test('scikit-learn 1.9.1 finds the same three classes', async () => {
  const model = await fitGolden(classes)
  expect(interceptsAtZero(model)).toEqual(near([0.58140856, 0.386566291, -0.967974851]))
  expect(Array.from(model.coefficients)).toEqual(
    near(
      [
        ...[-1.702410538, 0.809489621, -1.611693464, -1.016438306, -0.07799429, 0.066960693],
        ...[-0.387090889, 0.475106518, 0.240854754, 0.658557034, -0.009021565, 0.004479452],
        ...[2.089501427, -1.284596139, 1.37083871, 0.357881272, 0.087015854, -0.071440146],
      ],
      4,
    ),
  )
  expect(Array.from(predictLogistic(model, takeRows(matrix, [0, 1])))).toEqual(
    near([0.082990859, 0.384599791, 0.53240935, 0.026686649, 0.29616527, 0.67714808]),
  )
})

test('scikit-learn 1.9.1 drops the same columns with a penalty on sizes', async () => {
  const lasso = await fitGolden(binary, { penalty: 10, l1Ratio: 1 })
  expect(interceptsAtZero(lasso)).toEqual(near([0.010779615]))
  expect(Array.from(lasso.coefficients)).toEqual([0, 0, ...near([1.413594237]), 0, ...near([0.043794221]), 0])
  const net = await fitGolden(classes, { penalty: 10, l1Ratio: 0.5 })
  expect(Array.from(net.coefficients)).toEqual(
    near(
      [
        ...[-0.64400554, 0, -0.646264469, -0.70297594, -0.028698412, 0],
        ...[0, 0, 0, 0.381285063, 0, 0],
        ...[0.976631921, 0, 0.868874668, 0, 0.058545977, 0],
      ],
      4,
    ),
  )
})

test('classes that a column tells apart perfectly are refused without a penalty and learned with one', async () => {
  const apart = { rows: 4, columns: [column(1, 2, 3, 4)] }
  const target = column(0, 0, 1, 1)
  await expect(fitLogistic(apart, target, { penalty: 0 })).rejects.toThrow('tell classes apart perfectly')
  // At the penalised optimum the coefficient is what the rows still pull: 2 x (1 - probability).
  const model = await fitLogistic({ rows: 2, columns: [column(-1, 1)] }, column(0, 1))
  const probability = predictLogistic(model, { rows: 1, columns: [column(1)] })[1] ?? 0
  expect(model.coefficients[0]).toBeCloseTo(2 * (1 - probability), 6)
  expect(probability).toBeCloseTo(1 / (1 + Math.exp(-(model.coefficients[0] ?? 0))), 6)
})

test('a category whose rows are all of one class is refused without a penalty, though other rows overlap', async () => {
  const table = { rows: 8, columns: [column(1, 2, 3, 4, 1, 2, 3, 4), column(1, 1, 0, 0, 0, 0, 0, 0)] }
  const target = column(1, 1, 0, 1, 0, 1, 1, 0)
  await expect(fitLogistic(table, target, { penalty: 0 })).rejects.toThrow('use a penalty')
  expect((await fitLogistic(table, target)).coefficients[1]).toBeGreaterThan(0)
  const three = column(2, 2, 0, 1, 0, 1, 1, 0)
  await expect(fitLogistic(table, three, { penalty: 0 })).rejects.toThrow('use a penalty')
})

test('columns that determine each other are refused without a penalty and share with one', async () => {
  const [first = column()] = matrix.columns
  const twins = { rows: matrix.rows, columns: [first, first] }
  await expect(fitLogistic(twins, binary, { penalty: 0 })).rejects.toThrow('determine each other')
  const { coefficients } = await fitLogistic(twins, binary)
  expect(coefficients[0]).toBeCloseTo(coefficients[1] ?? 0, 6)
})

test('a row of weight two counts like two rows, and one of weight zero like none', async () => {
  const rows = Array.from(weights, (weight, i) => new Array<number>(weight).fill(i)).flat()
  const repeated = await fitLogistic(takeRows(matrix, rows), take(classes, rows))
  const weighted = await fitGolden(classes, { weights })
  expect(Array.from(weighted.coefficients)).toEqual(near(repeated.coefficients))
  expect(Array.from(weighted.intercepts)).toEqual(near(repeated.intercepts))
})

test('neither the order of rows nor, without a penalty, the units of columns move a probability', async () => {
  const options = { penalty: 0 }
  const probabilities = predictLogistic(await fitGolden(binary, options), matrix)
  const ofOne = probabilities.filter((_, i) => i % 2 === 1)
  await fc.assert(
    fc.asyncProperty(fc.nat(1e6), fc.double({ min: 1e-4, max: 1e4, noNaN: true }), async (seed, factor) => {
      const order = permutation(matrix.rows, createRandom(seed))
      const { rows, columns } = takeRows(matrix, order)
      const scaled = { rows, columns: columns.map((values, j) => (j < 2 ? values.map((v) => v * factor + 1) : values)) }
      const moved = predictLogistic(await fitLogistic(scaled, take(binary, order), options), scaled)
      expect(Array.from(moved.filter((_, i) => i % 2 === 1))).toEqual(near(take(ofOne, order)))
    }),
    { numRuns: 10 },
  )
})

test('constant columns change nothing, and units that are far apart do no harm', async () => {
  const model = await fitGolden(binary)
  const constant = new Float64Array(matrix.rows).fill(0.1)
  const more = await fitLogistic({ ...matrix, columns: [...matrix.columns, constant] }, binary)
  expect(Array.from(more.coefficients)).toEqual([...near(model.coefficients), 0])
  const wild = {
    ...matrix,
    columns: matrix.columns.map((values, j) => values.map((value) => value * 10 ** (6 - 3 * j))),
  }
  const probabilities = predictLogistic(await fitLogistic(wild, binary), wild)
  expect(probabilities.every((value) => value >= 0 && value <= 1)).toBe(true)
})

test('what cannot be learned from is refused', async () => {
  const table = { rows: 3, columns: [column(1, 2, 4)] }
  const target = column(0, 1, 0)
  await expect(fitLogistic({ rows: 0, columns: [column()] }, column())).rejects.toThrow('there are no rows')
  await expect(fitLogistic(table, column(0, 0, 0))).rejects.toThrow('nothing to tell apart')
  await expect(fitLogistic(table, column(0, 2, 0))).rejects.toThrow('class 1 has no rows')
  await expect(fitLogistic(table, target, { weights: column(1, 0, 1) })).rejects.toThrow('class 1 has no rows')
  await expect(fitLogistic(table, column(0, 0.5, 1))).rejects.toThrow('the class of row 1 is 0.5')
  await expect(fitLogistic(table, target, { penalty: -1 })).rejects.toThrow('penalty must be 0 or more, got -1')
  const missing = { rows: 3, columns: [column(Number.NaN, Number.NaN, Number.NaN)] }
  await expect(fitLogistic(missing, target)).rejects.toThrow('row 0 of column 0 is NaN')
  const endless = { rows: 3, columns: [column(1, 2, Number.POSITIVE_INFINITY)] }
  await expect(fitLogistic(endless, target)).rejects.toThrow('row 2 of column 0 is Infinity')
  const huge = { rows: 3, columns: [column(1, 1e200, 1)] }
  await expect(fitLogistic(huge, target)).rejects.toThrow('too large to be squared')
})

test('too few steps are an error, not a poor model', async () => {
  await expect(fitGolden(binary, { maxSteps: 2 })).rejects.toThrow('did not converge in 2 steps')
})

test('it tells how far it is and stops when asked', async () => {
  const seen: Progress[] = []
  await fitGolden(binary, { onProgress: (progress) => seen.push(progress) })
  expect(seen.slice(0, 2).map(({ stage, done }) => [stage, done])).toEqual([
    ['steps', 0],
    ['steps', 1],
  ])
  await expect(fitGolden(binary, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
})
