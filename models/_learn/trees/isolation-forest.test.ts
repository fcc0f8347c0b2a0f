import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Matrix, takeRows } from '../matrix.ts'
import { createRandom, normal, permutation } from '../random.ts'
import { fitIsolationForest, predictIsolationForest } from './isolation-forest.ts'
import { expectedPath } from './isolation-tree.ts'

const column = (...values: number[]) => Float64Array.from(values)

async function scores(matrix: Matrix, options: Partial<Parameters<typeof fitIsolationForest>[1]> = {}) {
  return predictIsolationForest(await fitIsolationForest(matrix, { seed: 1, ...options }), matrix)
}

test('expected paths by hand: 2 H(n - 1) - 2 (n - 1) / n, with the logarithm for the harmonic number', () => {
  expect([0, 1, 2].map(expectedPath)).toEqual([0, 0, 1])
  expect(expectedPath(256)).toBeCloseTo(10.2448, 4) // as in the paper's implementation
})

test('two rows by hand: each is alone after one question, as is expected', async () => {
  const [one, other] = await scores({ rows: 2, columns: [column(1, 2)] })
  expect(one).toBeCloseTo(0.5, 12)
  expect(other).toBe(one)
})

test('a row far from the others is odd, whether by a number or by a category', async () => {
  const numbers = Float64Array.from({ length: 100 }, (_, row) => (row === 40 ? 1_000 : row % 10))
  const codes = numbers.map((value) => (value === 1_000 ? 7 : 3))
  const byNumber = await scores({ rows: 100, columns: [numbers] })
  expect(byNumber.indexOf(Math.max(...byNumber))).toBe(40)
  expect(byNumber[40]).toBeGreaterThan(0.75)
  const byCategory = await scores({ rows: 100, columns: [codes] }, { categorical: [0] })
  expect(byCategory[40]).toBeGreaterThan(0.75)
  expect(byCategory[0]).toBeLessThan(0.55)
})

test('anomalies of a known kind are found as well as by scikit-learn', async () => {
  const random = createRandom(5)
  const rows = 2_000
  const isOdd = Uint8Array.from({ length: rows }, () => Number(random.next() < 0.03))
  const columns = [0, 1, 2, 3].map(() =>
    Float32Array.from(isOdd, (odd) => (odd ? 12 * random.next() - 6 : normal(random))),
  )
  const score = await scores({ rows, columns })
  const order = permutation(rows, random).sort((a, b) => (score[a] ?? 0) - (score[b] ?? 0))
  let ranks = 0
  let odd = 0
  order.forEach((row, rank) => {
    if (isOdd[row] !== 1) return
    ranks += rank + 1
    odd++
  })
  const auc = (ranks - (odd * (odd + 1)) / 2) / (odd * (rows - odd))
  expect(auc).toBeGreaterThan(0.993 - 0.003) // scikit-learn 1.9: 0.9932, the mean of five seeds
})

test('rows that are all alike, and rows that are all unknown, are as odd as is expected', async () => {
  const alike = await scores({ rows: 5, columns: [new Float64Array(5).fill(3)] })
  alike.forEach((score) => {
    expect(score).toBeCloseTo(0.5, 12)
  })
  const unknown = await scores({ rows: 5, columns: [new Float64Array(5).fill(Number.NaN)] })
  expect(unknown).toEqual(alike)
  expect(await scores({ rows: 1, columns: [column(3)] })).toEqual(column(1))
})

test('what is not known goes with the larger side: it does not look odd by itself', async () => {
  const random = createRandom(2)
  const values = Float64Array.from({ length: 200 }, (_, row) => (row === 0 ? Number.NaN : normal(random)))
  const score = await scores({ rows: 200, columns: [values] })
  const sorted = score.slice().sort()
  expect(score[0]).toBeLessThan(sorted[120] ?? 0)
})

test('rows without weight teach nothing', async () => {
  const values = column(...Array.from({ length: 50 }, (_, i) => i), 500)
  const weights = new Float64Array(51).fill(1)
  weights[50] = 0
  const { paths } = await fitIsolationForest({ rows: 51, columns: [values] }, { seed: 1, weights, sampleRows: 20 })
  for (const { threshold } of paths.trees) expect(Math.max(...threshold)).toBeLessThan(50)
})

test('heavy rows are drawn more readily, and one that outweighs all does not stop the training', async () => {
  const values = Float64Array.from({ length: 1_000 }, (_, i) => i)
  const weights = values.map((value) => (value < 500 ? 9 : 1))
  const matrix = { rows: 1_000, columns: [values] }
  const { paths } = await fitIsolationForest(matrix, { seed: 1, weights, sampleRows: 50 })
  const roots = paths.trees.map(({ cover, left }) => cover[left[0] ?? 0] ?? 0)
  expect(roots.reduce((sum, cover) => sum + cover) / roots.length).toBeGreaterThan(10)
  const outweighed = values.map((_, row) => (row === 3 ? 1e300 : 1))
  await expect(fitIsolationForest(matrix, { seed: 1, trees: 2, weights: outweighed })).resolves.toBeDefined()
})

test('what cannot be learned from is refused', async () => {
  const matrix = { rows: 2, columns: [column(1, 2)] }
  const refused = (of: Matrix, options: object, why: string) => expect(scores(of, options)).rejects.toThrow(why)
  await refused({ rows: 0, columns: [] }, {}, 'no rows')
  await refused({ rows: 1, columns: [column(Number.POSITIVE_INFINITY)] }, {}, 'row 0 of column 0')
  await refused(matrix, { trees: 0 }, 'at least one tree')
  await refused(matrix, { sampleRows: 0.5 }, 'sampleRows')
  await refused(matrix, { categorical: [1] }, 'categorical column 1')
  await refused({ rows: 1, columns: [column(0.5)] }, { categorical: [0] }, 'row 0 of categorical column 0 is 0.5')
  await refused(matrix, { weights: column(0, 0) }, 'not all zero')
  await refused(matrix, { signal: AbortSignal.abort(new Error('enough')) }, 'enough')
})

const tables = fc.integer({ min: 0, max: 1e6 }).map((seed) => {
  const random = createRandom(seed)
  const cell = () => (random.next() < 0.1 ? Number.NaN : random.integer(30))
  return { random, matrix: { rows: 60, columns: [0, 1, 2].map(() => Float64Array.from({ length: 60 }, cell)) } }
})

test('neither the order of rows nor the scale of columns changes a score', async () => {
  await fc.assert(
    fc.asyncProperty(tables, async ({ random, matrix }) => {
      const expected = await scores(matrix, { categorical: [2] })
      const order = permutation(60, random)
      const shuffled = await scores(takeRows(matrix, order), { categorical: [2] })
      order.forEach((row, i) => {
        expect(shuffled[i]).toBe(expected[row])
      })
      const [first, second, third] = matrix.columns as [Float64Array, Float64Array, Float64Array]
      const scaled = { rows: 60, columns: [first.map((value) => value * 4), second.map((value) => value / 8), third] }
      expect(await scores(scaled, { categorical: [2] })).toEqual(expected)
    }),
    { numRuns: 15 },
  )
})

test('the same seed gives the same trees, another seed others', async () => {
  const matrix = { rows: 50, columns: [Float64Array.from({ length: 50 }, (_, i) => i * i)] }
  const [one, same, other] = await Promise.all([1, 1, 2].map((seed) => scores(matrix, { seed, sampleRows: 20 })))
  expect(one).toEqual(same)
  expect(one).not.toEqual(other)
})
