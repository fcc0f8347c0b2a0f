import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Matrix, takeRows } from '../matrix.ts'
import { createRandom, permutation } from '../random.ts'
import { applyImputer, fitImputer } from './imputer.ts'
import { fitMinMaxScaler } from './min-max-scaler.ts'
import { applyClipper, fitQuantileClipper } from './quantile-clipper.ts'
import { applyScaling } from './scaling.ts'
import { fitStandardScaler } from './standard-scaler.ts'
import { weightedQuantile } from './weighted-quantile.ts'

const GAP = Number.NaN

function byRows(...rows: number[][]): Matrix {
  return { rows: rows.length, columns: (rows[0] ?? []).map((_, j) => Float64Array.from(rows, (row) => row[j] ?? GAP)) }
}

/** The number, up to rounding to 32 bits. */
function near(value: number): unknown {
  return Number.isNaN(value) ? value : expect.closeTo(value, 6)
}

function expectRows({ rows, columns }: Matrix, expected: number[][]) {
  const actual = Array.from({ length: rows }, (_, i) => columns.map((column) => column[i] ?? GAP))
  expect(actual).toEqual(expected.map((row) => row.map(near)))
}

// What scikit-learn 1.9.1 makes of this table: the first column has a gap, the third only gaps, the last never changes.
const table = byRows(
  [1, 10, GAP, 5],
  [2, GAP, GAP, 5],
  [4, -3, GAP, 5],
  [GAP, 10, GAP, GAP],
  [8, 0.5, GAP, 5],
  [2, 7, GAP, 5],
)
const known = { rows: 6, columns: [0, 1, 3].map((j) => table.columns[j] ?? new Float64Array()) }

test('StandardScaler', () => {
  expectRows(applyScaling(fitStandardScaler(known), known), [
    [-0.96076892, 0.97006572, 0],
    [-0.56044854, GAP, 0],
    [0.24019223, -1.50265082, 0],
    [GAP, 0.97006572, GAP],
    [1.84147377, -0.83691944, 0],
    [-0.56044854, 0.39943882, 0],
  ])
})

test('StandardScaler with sample_weight', () => {
  const scaling = fitStandardScaler(byRows([1, 10, 5], [2, 4, 5], [4, -3, 5], [8, 0.5, 5]), {
    weights: Float64Array.of(1, 2, 0.5, 3),
  })
  expect(Array.from(scaling.offsets)).toEqual([expect.closeTo(4.769230769, 6), expect.closeTo(2.769230769, 6), 5])
  expect(Array.from(scaling.factors, (factor) => 1 / factor)).toEqual([
    expect.closeTo(3.067292621, 6),
    expect.closeTo(3.666980442, 6),
    1,
  ])
})

test('MinMaxScaler from -1 to 2', () => {
  expectRows(applyScaling(fitMinMaxScaler(known, { range: [-1, 2] }), known), [
    [-1, 2, -1],
    [-0.57142857, GAP, -1],
    [0.28571429, -1, -1],
    [GAP, 2, GAP],
    [2, -0.19230769, -1],
    [-0.57142857, 1.30769231, -1],
  ])
})

test.each([
  ['mean', [3.4, 4.9, 0, 5]],
  ['median', [2, 7, 0, 5]],
  ['most frequent', [2, 10, 0, 5]],
] as const)('SimpleImputer by %s, with indicators and empty columns kept', (strategy, [a, b, c, d]) => {
  const imputer = fitImputer(table, { strategy, indicator: true })
  expectRows(applyImputer(imputer, table), [
    [1, 10, c, 5, 0, 0, 1, 0],
    [2, b, c, 5, 0, 1, 1, 0],
    [4, -3, c, 5, 0, 0, 1, 0],
    [a, 10, c, d, 1, 0, 1, 1],
    [8, 0.5, c, 5, 0, 0, 1, 0],
    [2, 7, c, 5, 0, 0, 1, 0],
  ])
})

test('a constant fills every gap, and columns without gaps get no indicator', () => {
  const imputer = fitImputer(byRows([1, GAP], [2, GAP]), { strategy: { constant: -7 }, indicator: true })
  expectRows(applyImputer(imputer, byRows([GAP, 3], [5, GAP])), [
    [-7, 3, 0],
    [5, -7, 1],
  ])
})

// numpy.quantile(..., method='averaged_inverted_cdf') of NumPy 2.4.6
test.each([
  [0, 1],
  [0.1, 1],
  [0.25, 2],
  [0.5, 4],
  [0.9, 6],
  [1, 9],
])('the quantile %f', (share, expected) => {
  const values = Float64Array.of(3, 1, 4, GAP, 1, 5, 9, 2, 6, 5, 3, 5)
  expect(weightedQuantile(values, new Float64Array(12).fill(1), share)).toBe(expected)
})

test('the median of an even number of rows lies between the two in the middle', () => {
  expect(weightedQuantile([4, 1, 2, 8], new Float64Array(4).fill(0.1), 0.5)).toBe(3)
  expect(weightedQuantile([4, 1, 2, 8], Float64Array.of(1, 2, 0, 1), 0.5)).toBe(2.5)
  expect(weightedQuantile([4, 1, 2, 8], Float64Array.of(1, 2, 0.5, 1), 0.5)).toBe(2)
  expect(weightedQuantile([GAP], Float64Array.of(1), 0.5)).toBe(GAP)
})

test('wild values are drawn in to the quantiles by hand', () => {
  const column = Float64Array.from({ length: 101 }, (_, i) => (i === 100 ? 1e6 : i))
  const clipper = fitQuantileClipper({ rows: 101, columns: [column] }, { lower: 0.05, upper: 0.9 })
  expectRows(applyClipper(clipper, byRows([-1e9], [3], [50], [1e9], [GAP])), [[5], [5], [50], [90], [GAP]])
})

const random = fc.nat(1e6).map((seed) => {
  const source = createRandom(seed)
  const draw = () => (source.next() < 0.2 ? GAP : Math.round(20 * source.next() - 8))
  const matrix = byRows(...Array.from({ length: 1 + source.integer(12) }, () => [draw(), draw(), 3, GAP]))
  return { matrix, source, weights: Float64Array.from({ length: matrix.rows }, () => 1 + source.integer(3)) }
})

/** Each preprocessing of numbers as what it makes of a table after a fit to another, with weights where it takes them. */
const encoders = {
  'standard scaler': (training: Matrix, weights: Float64Array | undefined, rows: Matrix) =>
    applyScaling(fitStandardScaler(training, { weights }), rows),
  'min-max scaler': (training: Matrix, _: Float64Array | undefined, rows: Matrix) =>
    applyScaling(fitMinMaxScaler(training), rows),
  'quantile clipper': (training: Matrix, weights: Float64Array | undefined, rows: Matrix) =>
    applyClipper(fitQuantileClipper(training, { lower: 0.2, upper: 0.7, weights }), rows),
  'imputer by mean': (training: Matrix, weights: Float64Array | undefined, rows: Matrix) =>
    applyImputer(fitImputer(training, { strategy: 'mean', indicator: true, weights }), rows),
  'imputer by median': (training: Matrix, weights: Float64Array | undefined, rows: Matrix) =>
    applyImputer(fitImputer(training, { strategy: 'median', weights }), rows),
  'imputer by most frequent': (training: Matrix, weights: Float64Array | undefined, rows: Matrix) =>
    applyImputer(fitImputer(training, { strategy: 'most frequent', weights }), rows),
}

describe.each(Object.entries(encoders))('%s', (_, encode) => {
  const rowsOf = ({ rows, columns }: Matrix) =>
    Array.from({ length: rows }, (_, i) => columns.map((column) => column[i] ?? GAP))

  test('the order of the training rows does not matter', () => {
    fc.assert(
      fc.property(random, ({ matrix, weights, source }) => {
        const order = permutation(matrix.rows, source)
        const shuffled = encode(
          takeRows(matrix, order),
          Float64Array.from(order, (i) => weights[i] ?? 0),
          matrix,
        )
        expectRows(shuffled, rowsOf(encode(matrix, weights, matrix)))
      }),
    )
  })

  test('a row of weight two counts like two rows', () => {
    fc.assert(
      fc.property(random, ({ matrix, weights }) => {
        const repeated = Array.from(weights).flatMap((weight, i) => new Array<number>(weight).fill(i))
        expectRows(encode(takeRows(matrix, repeated), undefined, matrix), rowsOf(encode(matrix, weights, matrix)))
      }),
    )
  })

  test('a column that never changes and one that is never known stay finite or unknown', () => {
    fc.assert(
      fc.property(random, ({ matrix }) => {
        const { columns } = encode(matrix, undefined, matrix)
        expect(new Set(columns[2]).size).toBe(1)
        expect(Number.isFinite(columns[2]?.[0])).toBe(true)
        expect(new Set(columns[3]).size).toBe(1)
        expect(Math.abs(columns[3]?.[0] ?? 1)).not.toBe(Number.POSITIVE_INFINITY)
      }),
    )
  })

  test('no rows, infinities and another number of columns are refused', () => {
    expect(() => encode({ rows: 0, columns: [] }, undefined, table)).toThrow('there are no rows')
    expect(() => encode(byRows([1], [Number.POSITIVE_INFINITY]), undefined, table)).toThrow(
      'row 1 of column 0 is Infinity',
    )
    expect(() => encode(byRows([1], [2]), undefined, table)).toThrow('1 columns were fitted, got 4')
  })
})

test('scaling a column by a factor changes nothing after the scalers', () => {
  fc.assert(
    fc.property(random, fc.constantFrom(0.01, 3, 1e4), ({ matrix }, factor) => {
      const larger = {
        rows: matrix.rows,
        columns: matrix.columns.map((column) => column.map((value) => factor * value + 1)),
      }
      for (const fitScaler of [fitStandardScaler, fitMinMaxScaler]) {
        const [one, other] = [applyScaling(fitScaler(matrix), matrix), applyScaling(fitScaler(larger), larger)]
        one.columns.slice(0, 2).forEach((column, j) => {
          column.forEach((value, i) => {
            if (!Number.isNaN(value)) expect(other.columns[j]?.[i]).toBeCloseTo(value, 3)
          })
        })
      }
    }),
  )
})

test('options and weights that make no sense are refused', () => {
  const one = byRows([1], [2])
  expect(() => fitMinMaxScaler(one, { range: [1, 1] })).toThrow('a range must rise, got 1 to 1')
  expect(() => fitQuantileClipper(one, { lower: 0.9, upper: 0.1 })).toThrow('shares must rise')
  expect(() => fitImputer(one, { strategy: { constant: GAP } })).toThrow('the constant that fills gaps is NaN')
  expect(() => fitStandardScaler(one, { weights: Float64Array.of(0, 0) })).toThrow('not all zero')
  expect(() => fitImputer(one, { strategy: 'mean', weights: Float64Array.of(1) })).toThrow(
    'one non-negative number a row',
  )
})
