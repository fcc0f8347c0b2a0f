import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Matrix, take, takeRows } from '../matrix.ts'
import { createRandom, permutation } from '../random.ts'
import { ensembleBaseline, explainEnsemble } from './explain.ts'
import { growTree, type TreeOptions } from './grow-tree.ts'
import { presort } from './presort.ts'
import { predictEnsemble } from './tree.ts'

const column = (...values: number[]) => Float64Array.from(values)
const everything: TreeOptions = { maxDepth: 20, minLeafWeight: 1, columnsPerSplit: 99 }

function grow(matrix: Matrix, target: Float64Array, options: Partial<TreeOptions> = {}, weights?: Float64Array) {
  const all = weights ?? new Float64Array(matrix.rows).fill(1)
  return growTree(presort(matrix), target, all, { ...everything, ...options }, createRandom(1))
}

function predict(tree: ReturnType<typeof grow>, matrix: Matrix) {
  return Array.from(predictEnsemble({ intercepts: Float64Array.of(0), trees: [tree] }, matrix))
}

test('a step is split in its middle', () => {
  const matrix = { rows: 4, columns: [column(7, 7, 7, 7), column(1, 2, 3, 4)] }
  const tree = grow(matrix, column(0, 0, 10, 10))
  expect(Array.from(tree.feature)).toEqual([1, -1, -1])
  expect(tree.threshold[0]).toBe(2.5)
  expect(Array.from(tree.value)).toEqual([5, 0, 10])
  expect(Array.from(tree.cover)).toEqual([4, 2, 2])
})

test('the split that explains most variance is taken, and weights count', () => {
  const matrix = { rows: 3, columns: [column(1, 2, 3)] }
  expect(grow(matrix, column(0, 1, 5), { maxDepth: 1 }).threshold[0]).toBe(2.5)
  expect(grow(matrix, column(0, 1, 5), { maxDepth: 1 }, column(100, 100, 1)).threshold[0]).toBe(1.5)
  expect(grow(matrix, column(0, 1, 5), { maxDepth: 1 }, column(1, 1, 0)).value[0]).toBe(0.5)
})

test('what is not known goes to the side where it explains most', () => {
  const matrix = { rows: 5, columns: [column(1, 2, 3, Number.NaN, Number.NaN)] }
  const withLow = grow(matrix, column(0, 0, 9, 0, 0))
  expect([withLow.threshold[0], withLow.missingLeft[0]]).toEqual([2.5, 1])
  const alone = grow(matrix, column(0, 0, 0, 9, 9))
  expect(predict(alone, matrix)).toEqual([0, 0, 0, 9, 9])
  const unseen = grow({ rows: 3, columns: [column(1, 2, 3)] }, column(0, 0, 9))
  expect(predict(unseen, { rows: 1, columns: [column(Number.NaN)] })).toEqual([0]) // with the majority
})

test('limits on depth and leaves hold', () => {
  const matrix = { rows: 8, columns: [column(1, 2, 3, 4, 5, 6, 7, 8)] }
  const target = column(1, 5, 2, 8, 3, 9, 4, 7)
  expect(grow(matrix, target, { maxDepth: 1 }).feature).toHaveLength(3)
  const tree = grow(matrix, target, { minLeafWeight: 3 })
  tree.feature.forEach((feature, node) => {
    if (feature < 0) expect(tree.cover[node]).toBeGreaterThanOrEqual(3)
  })
})

test('columns or targets that never change give a single leaf', () => {
  expect(grow({ rows: 3, columns: [column(2, 2, 2)] }, column(1, 2, 3)).value).toEqual(column(2))
  expect(grow({ rows: 3, columns: [column(1, 2, 3)] }, column(0.1, 0.1, 0.1)).feature).toHaveLength(1)
  expect(() => grow({ rows: 1, columns: [column(1)] }, column(1), {}, column(0))).toThrow('positive weight')
})

const tables = fc.integer({ min: 0, max: 1e6 }).map((seed) => {
  const random = createRandom(seed)
  const cell = () => (random.next() < 0.1 ? Number.NaN : random.integer(12) / 4)
  const draw = () => Float64Array.from({ length: 40 }, cell)
  const target = Float64Array.from({ length: 40 }, () => random.next() * 100)
  return { random, matrix: { rows: 40, columns: [draw(), draw(), draw()] }, target }
})

test('neighbours in 32 bits are told apart', () => {
  const low = Math.fround(1 + 2 ** -23)
  const matrix = { rows: 2, columns: [column(1, low)] }
  expect(predict(grow(matrix, column(3, 4)), matrix)).toEqual([3, 4])
})

test('the order of rows does not change a tree, and every training mean is kept', () => {
  fc.assert(
    fc.property(tables, ({ random, matrix, target }) => {
      const tree = grow(matrix, target, { minLeafWeight: 2 })
      const order = permutation(40, random)
      const shuffled = grow(takeRows(matrix, order), take(target, order), { minLeafWeight: 2 })
      expect(Array.from(shuffled.feature)).toEqual(Array.from(tree.feature))
      expect(Array.from(shuffled.threshold)).toEqual(Array.from(tree.threshold))
      const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
      expect(mean(predict(tree, matrix))).toBeCloseTo(mean(Array.from(target)), 8)
    }),
    { numRuns: 50 },
  )
})

test('baseline + contributions = prediction', () => {
  fc.assert(
    fc.property(tables, ({ matrix, target }) => {
      const ensemble = {
        intercepts: Float64Array.of(3),
        trees: [grow(matrix, target), grow(matrix, target, { maxDepth: 2 })],
      }
      const contributions = explainEnsemble(ensemble, matrix)
      predictEnsemble(ensemble, matrix).forEach((prediction, row) => {
        const sum = contributions.subarray(row * 3, row * 3 + 3).reduce((a, b) => a + b, ensembleBaseline(ensemble))
        expect(sum).toBeCloseTo(prediction, 8)
      })
    }),
    { numRuns: 50 },
  )
})
