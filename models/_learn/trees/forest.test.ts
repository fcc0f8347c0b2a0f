import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Matrix, take, takeRows } from '../matrix.ts'
import { createRandom, permutation } from '../random.ts'
import { fitExtraTrees } from './extra-trees.ts'
import { fitForest, fitForestClassifier } from './forest.ts'
import type { ForestOptions } from './grow-forest.ts'
import { predictEnsemble } from './predict.ts'
import type { Tree } from './tree.ts'

const column = (...values: number[]) => Float64Array.from(values)
/** One tree on all rows, that looks at all columns. */
const plain: ForestOptions = { trees: 1, seed: 1, bootstrap: false }

async function growOne(matrix: Matrix, target: Float64Array, options: Partial<ForestOptions> = {}): Promise<Tree> {
  const { trees } = await fitForest(matrix, target, { ...plain, ...options })
  return trees[0] as Tree
}

const predict = (tree: Tree, matrix: Matrix) =>
  Array.from(predictEnsemble({ intercepts: new Float64Array(tree.width), trees: [tree] }, matrix))

test('a step is split in its middle', async () => {
  const matrix = { rows: 4, columns: [column(7, 7, 7, 7), column(1, 2, 3, 4)] }
  const tree = await growOne(matrix, column(0, 0, 10, 10))
  expect(Array.from(tree.feature)).toEqual([1, -1, -1])
  expect(tree.threshold[0]).toBe(2.5)
  expect(Array.from(tree.value)).toEqual([5, 0, 10])
  expect(Array.from(tree.cover)).toEqual([4, 2, 2])
})

test('the split that explains most variance is taken, and weights count', async () => {
  const matrix = { rows: 3, columns: [column(1, 2, 3)] }
  const stump = async (weights?: Float64Array) => growOne(matrix, column(0, 1, 5), { maxDepth: 1, weights })
  expect((await stump()).threshold[0]).toBe(2.5)
  expect((await stump(column(100, 100, 1))).threshold[0]).toBe(1.5)
  expect((await stump(column(1, 1, 0))).value[0]).toBe(0.5)
})

test('a split that gains nothing by itself is taken: the next one may', async () => {
  const matrix = { rows: 4, columns: [column(0, 0, 1, 1), column(0, 1, 0, 1)] }
  expect(predict(await growOne(matrix, column(0, 1, 1, 0)), matrix).map(rounded)).toEqual([0, 1, 1, 0])
})

test('classes by hand: the split of the least impurity, and the shares in its leaves', async () => {
  const matrix = { rows: 6, columns: [column(1, 2, 3, 4, 5, 6)] }
  const options = { ...plain, maxDepth: 1 }
  const { trees } = await fitForestClassifier(matrix, column(0, 0, 0, 1, 2, 1), options)
  expect(trees[0]?.threshold[0]).toBe(3.5)
  expect(trees[0]?.value).toEqual(column(3 / 6, 2 / 6, 1 / 6, 1, 0, 0, 0, 2 / 3, 1 / 3))
  const two = await fitForestClassifier(matrix, column(1, 1, 1, 1, 0, 1), options)
  expect(two.trees[0]?.threshold[0]).toBe(4.5)
  expect(two.trees[0]?.value.map((value) => Math.round(value * 1e12) / 1e12)).toEqual(
    column(1 / 6, 5 / 6, 0, 1, 0.5, 0.5).map((value) => Math.round(value * 1e12) / 1e12),
  )
})

test('what is not known goes to the side where it explains most', async () => {
  const matrix = { rows: 5, columns: [column(1, 2, 3, Number.NaN, Number.NaN)] }
  const withLow = await growOne(matrix, column(0, 0, 9, 0, 0))
  expect([withLow.threshold[0], withLow.missingLeft[0]]).toEqual([2.5, 1])
  const alone = await growOne(matrix, column(0, 0, 0, 9, 9))
  expect(predict(alone, matrix)).toEqual([0, 0, 0, 9, 9])
  const unseen = await growOne({ rows: 3, columns: [column(1, 2, 3)] }, column(0, 0, 9))
  expect(predict(unseen, { rows: 1, columns: [column(Number.NaN)] })).toEqual([0]) // with the majority
})

test('categories are divided into the best two sets, whatever their codes; others go right', async () => {
  const matrix = { rows: 8, columns: [column(5, 1, 9, 7, 5, 1, 9, 7)] }
  const tree = await growOne(matrix, column(0, 10, 0, 10, 0, 10, 0, 10), { categorical: [0] })
  expect(tree.categories).toEqual(new Map([[0, Int32Array.of(5, 9)]]))
  expect(tree.feature).toHaveLength(3)
  expect(predict(tree, { rows: 3, columns: [column(9, 7, 4)] })).toEqual([0, 10, 10])
})

test('categories too rare for a bin of their own all go right, as those that were never seen', async () => {
  const rows = 600
  const codes = Float64Array.from({ length: rows }, (_, row) => (row < 508 ? row % 254 : row))
  const target = codes.map((code) => (code < 254 ? code % 2 : 5))
  const tree = await growOne({ rows, columns: [codes] }, target, { categorical: [0] })
  const asked = { rows: 4, columns: [column(1, 2, 555, 99_999)] }
  expect(predict(tree, asked).map(rounded)).toEqual([1, 0, 5, 5])
  expect(Math.max(...[...(tree.categories ?? new Map<number, Int32Array>()).values()].flatMap((set) => [...set]))).toBe(
    253,
  )
})

test('limits on depth and leaves hold', async () => {
  const matrix = { rows: 8, columns: [column(1, 2, 3, 4, 5, 6, 7, 8)] }
  const target = column(1, 5, 2, 8, 3, 9, 4, 7)
  expect((await growOne(matrix, target, { maxDepth: 1 })).feature).toHaveLength(3)
  expect((await growOne(matrix, target, { maxDepth: 0 })).feature).toHaveLength(1)
  const tree = await growOne(matrix, target, { minLeafWeight: 3 })
  tree.feature.forEach((feature, node) => {
    if (feature < 0) expect(tree.cover[node]).toBeGreaterThanOrEqual(3)
  })
})

test('columns or targets that never change give a single leaf', async () => {
  const constant = await growOne({ rows: 3, columns: [column(2, 2, 2)] }, column(1, 2, 3))
  expect(Array.from(constant.value)).toEqual([2])
  const unknown = await growOne({ rows: 2, columns: [column(Number.NaN, Number.NaN)] }, column(1, 2))
  expect(Array.from(unknown.value)).toEqual([1.5])
  expect((await growOne({ rows: 3, columns: [column(1, 2, 3)] }, column(0.1, 0.1, 0.1))).feature).toHaveLength(1)
})

test('neighbours in 32 bits are told apart', async () => {
  const matrix = { rows: 2, columns: [column(1, Math.fround(1 + 2 ** -23))] }
  expect(predict(await growOne(matrix, column(3, 4)), matrix)).toEqual([3, 4])
})

test('columns that cannot split are not counted among those that are looked at', async () => {
  const columns = [column(1, 1), column(2, 2), column(1, 2), column(3, 3)]
  const { trees } = await fitForest({ rows: 2, columns }, column(0, 1), { ...plain, trees: 20, columnsPerSplit: 1 })
  expect(trees.map(({ feature }) => feature[0])).toEqual(Array(20).fill(2))
})

test('more columns than there are, and no limit on depth, mean all', async () => {
  const matrix = { rows: 3, columns: [column(1, 2, 3)] }
  const unlimited = { maxDepth: Number.POSITIVE_INFINITY, columnsPerSplit: Number.POSITIVE_INFINITY }
  expect((await growOne(matrix, column(0, 1, 5), unlimited)).feature).toHaveLength(5)
})

test('what cannot be learned from is refused, and said why', async () => {
  const matrix = { rows: 2, columns: [column(1, 2)] }
  const refused = (options: Partial<ForestOptions>, why: string) =>
    expect(fitForest(matrix, column(1, 2), { ...plain, ...options })).rejects.toThrow(why)
  await refused({ trees: 0 }, 'at least one tree')
  await refused({ weights: column(1) }, 'one non-negative number a row')
  await refused({ weights: column(1, -1) }, 'one non-negative number a row')
  await refused({ weights: column(0, 0) }, 'not all zero')
  await refused({ columnsPerSplit: 0 }, 'columnsPerSplit')
  await refused({ maxDepth: -1 }, 'maxDepth')
  await refused({ minLeafWeight: Number.NaN }, 'minLeafWeight')
  await expect(fitForest({ rows: 0, columns: [] }, column(), plain)).rejects.toThrow('no rows')
  const infinite = { rows: 2, columns: [column(1, Number.NEGATIVE_INFINITY)] }
  await expect(fitForest(infinite, column(1, 2), plain)).rejects.toThrow('row 1 of column 0')
  await expect(fitForestClassifier(matrix, column(0, 0.5), plain)).rejects.toThrow('the class of row 1 is 0.5')
  await expect(fitForestClassifier(matrix, column(0, 0), plain)).rejects.toThrow('all rows are of class 0')
})

const ROWS = 40
const tables = fc.integer({ min: 0, max: 1e6 }).map((seed) => {
  const random = createRandom(seed)
  const cell = () => (random.next() < 0.1 ? Number.NaN : random.integer(12) / 4)
  const code = () => (random.next() < 0.1 ? Number.NaN : random.integer(6))
  const columns = [cell, cell, code].map((draw) => Float64Array.from({ length: ROWS }, draw))
  const classes = Float64Array.from({ length: ROWS }, () => random.integer(3))
  const target = classes.map((code) => 20 * code + random.next() * 100)
  return { random, matrix: { rows: ROWS, columns }, target, classes }
})
const settings = { ...plain, minLeafWeight: 2, categorical: [2] }
const learners = [
  ['regression', (matrix, { target }, options) => fitForest(matrix, target, options)],
  ['classification', (matrix, { classes }, options) => fitForestClassifier(matrix, classes, options)],
  ['extra trees', (matrix, { target }, options) => fitExtraTrees(matrix, target, options)],
] satisfies [string, (matrix: Matrix, of: Targets, options: ForestOptions) => ReturnType<typeof fitForest>][]
interface Targets {
  target: Float64Array
  classes: Float64Array
}

test.each(learners)('%s: the order of rows does not change a tree, though splits tie', async (_, learn) => {
  await fc.assert(
    fc.asyncProperty(tables, async ({ random, matrix: { columns }, ...targets }) => {
      const mirrored = columns.slice(0, 2).map((column) => column.map((value) => -value))
      const matrix = { rows: ROWS, columns: [...columns, ...mirrored] }
      const order = permutation(ROWS, random)
      const shuffledTargets = { target: take(targets.target, order), classes: take(targets.classes, order) }
      const tree = (await learn(matrix, targets, settings)).trees[0] as Tree
      const shuffled = (await learn(takeRows(matrix, order), shuffledTargets, settings)).trees[0] as Tree
      expect(shuffled.feature).toEqual(tree.feature)
      expect(shuffled.threshold).toEqual(tree.threshold)
      expect(shuffled.categories).toEqual(tree.categories)
    }),
    { numRuns: 30 },
  )
})

// Not extra trees: how many thresholds they draw hangs on the number of rows.
test.each(learners.slice(0, 2))(
  '%s: a row twice is a row of weight two, and a row of weight none is not there',
  async (_, learn) => {
    await fc.assert(
      fc.asyncProperty(tables, async ({ random, matrix, ...targets }) => {
        const numbers = { rows: ROWS, columns: matrix.columns.slice(0, 2) }
        const weights = Float64Array.from({ length: ROWS }, () => random.integer(3))
        const rows = Array.from(weights, (weight, row) => Array<number>(weight).fill(row)).flat()
        const repeated = { target: take(targets.target, rows), classes: take(targets.classes, rows) }
        const weighted = await learn(numbers, targets, { ...plain, minLeafWeight: 2, weights })
        const twice = await learn(takeRows(numbers, rows), repeated, { ...plain, minLeafWeight: 2 })
        const seen = takeRows(numbers, rows)
        const [one, other] = [weighted, twice].map(({ trees }) => predict(trees[0] as Tree, seen).map(rounded))
        expect(one).toEqual(other)
      }),
      { numRuns: 30 },
    )
  },
)

test.each(learners)('%s: stretched columns and constant ones change no prediction', async (_, learn) => {
  await fc.assert(
    fc.asyncProperty(tables, async ({ matrix, ...targets }) => {
      const [first, second, codes] = matrix.columns as [Float64Array, Float64Array, Float64Array]
      const stretched = { rows: ROWS, columns: [first.map((x) => 8 * x - 64), second, codes] }
      const tree = (await learn(matrix, targets, settings)).trees[0] as Tree
      const same = (await learn(stretched, targets, settings)).trees[0] as Tree
      expect(predict(same, stretched)).toEqual(predict(tree, matrix))
    }),
    { numRuns: 30 },
  )
})

test('the training mean is kept, and shares of classes sum to one', async () => {
  await fc.assert(
    fc.asyncProperty(tables, async ({ matrix, target, classes }) => {
      const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
      const tree = await growOne(matrix, target, settings)
      expect(mean(predict(tree, matrix))).toBeCloseTo(mean(Array.from(target)), 8)
      const forest = await fitForestClassifier(matrix, classes, { trees: 5, seed: 3, categorical: [2] })
      const shares = predictEnsemble(forest, matrix)
      const outputs = forest.intercepts.length
      for (let row = 0; row < ROWS; row++)
        expect(shares.subarray(row * outputs, (row + 1) * outputs).reduce((sum, share) => sum + share)).toBeCloseTo(
          1,
          10,
        )
    }),
    { numRuns: 30 },
  )
})

const rounded = (value: number) => Math.round(value * 1e8) / 1e8
