import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Matrix } from '../matrix.ts'
import { createRandom, type Random } from '../random.ts'
import { fitBoosting } from './boosting.ts'
import { fitForestClassifier } from './forest.ts'
import golden from './golden-tree-shap.json' with { type: 'json' }
import { softmaxLoss } from './losses/softmax.ts'
import { predictEnsemble } from './predict.ts'
import { goesLeft, type Tree, type TreeEnsemble } from './tree.ts'
import { treeShap } from './tree-shap.ts'

interface Node {
  feature?: number
  threshold?: number
  codes?: number[]
  missingLeft?: boolean
  left?: Node
  right?: Node
  value?: number[]
  cover: number
}

function flatten(root: Node, output = 0): Tree {
  const nodes: Node[] = []
  const visit = (node: Node): void => {
    nodes.push(node)
    if (node.left && node.right) for (const child of [node.left, node.right]) visit(child)
  }
  visit(root)
  const indexOf = (node?: Node) => (node === undefined ? -1 : nodes.indexOf(node))
  const width = nodes.find(({ value }) => value !== undefined)?.value?.length ?? 1
  return {
    feature: Int32Array.from(nodes, ({ feature }) => feature ?? -1),
    threshold: Float64Array.from(nodes, ({ threshold }) => threshold ?? 0),
    left: Int32Array.from(nodes, ({ left }) => indexOf(left)),
    right: Int32Array.from(nodes, ({ right }) => indexOf(right)),
    missingLeft: Uint8Array.from(nodes, ({ missingLeft }) => Number(missingLeft ?? false)),
    categories: new Map(nodes.flatMap(({ codes }, i) => (codes ? [[i, Int32Array.from(codes)] as const] : []))),
    output,
    width,
    value: Float64Array.from(nodes.flatMap(({ value }) => value ?? new Array<number>(width).fill(0))),
    cover: Float64Array.from(nodes, ({ cover }) => cover),
  }
}

function randomNode(random: Random, depth: number, cover: number, width: number): Node {
  if (depth === 0 || random.next() < 0.2)
    return { cover, value: Array.from({ length: width }, () => random.next() - 0.5) }
  const share = 0.02 + 0.96 * random.next()
  const question = random.next() < 0.3 ? { codes: [0, 2] } : { threshold: random.integer(4) }
  return {
    cover,
    feature: random.integer(4),
    ...question,
    missingLeft: random.next() < 0.5,
    left: randomNode(random, depth - 1, cover * share, width),
    right: randomNode(random, depth - 1, cover * (1 - share), width),
  }
}

function randomMatrix(random: Random, rows: number): Matrix {
  const cell = () => (random.next() < 0.15 ? Number.NaN : random.integer(5))
  return { rows, columns: Array.from({ length: 4 }, () => Float64Array.from({ length: rows }, cell)) }
}

/** The tree's expectation when only some columns of a row are known: both branches, by cover, where one is not. */
function expectation(tree: Tree, row: readonly number[], known: number, output: number, node = 0): number {
  const feature = tree.feature[node] ?? -1
  if (feature < 0) return tree.value[node * tree.width + output] ?? 0
  const [left, right] = [tree.left[node] ?? 0, tree.right[node] ?? 0]
  const below = (child: number) => expectation(tree, row, known, output, child)
  if (known & (1 << feature)) return below(goesLeft(tree, node, row[feature] ?? Number.NaN) ? left : right)
  const cover = (of: number) => tree.cover[of] ?? 0
  return (cover(left) * below(left) + cover(right) * below(right)) / cover(node)
}

/** Shapley's formula, over all subsets of the four columns. */
function byAllSubsets(tree: Tree, row: readonly number[], output: number): number[] {
  const orders = [1, 1, 2, 6, 24]
  return row.map((_, column) => {
    let sum = 0
    for (let known = 0; known < 16; known++) {
      if (known & (1 << column)) continue
      const size = [1, 2, 4, 8].filter((bit) => known & bit).length
      const gain = expectation(tree, row, known | (1 << column), output) - expectation(tree, row, known, output)
      sum += (gain * (orders[size] ?? 0) * (orders[3 - size] ?? 0)) / 24
    }
    return sum
  })
}

const ensembles = fc.integer({ min: 0, max: 1e6 }).map((seed) => {
  const random = createRandom(seed)
  const both = flatten(randomNode(random, 6, 100, 2))
  const second = flatten(randomNode(random, 6, 80, 1), 1)
  const ensemble: TreeEnsemble = { intercepts: Float64Array.of(3, -1), trees: [both, second] }
  return { ensemble, both, second, matrix: randomMatrix(random, 5) }
})

test('by hand: a stump gives its column the way from the mean to the leaf', () => {
  const stump = flatten({
    cover: 4,
    feature: 1,
    threshold: 0.5,
    left: { cover: 3, value: [2] },
    right: { cover: 1, value: [10] },
  })
  const matrix = { rows: 2, columns: [Float64Array.of(7, 7), Float64Array.of(0, 1)] }
  const { baseline, contributions } = treeShap({ intercepts: Float64Array.of(5), trees: [stump] }, matrix)
  expect(baseline).toEqual(Float64Array.of(9))
  expect(Array.from(contributions)).toEqual([0, -2, 0, 6])
})

test('by hand: two columns that only count together share alike', () => {
  const leaf = (value: number) => ({ cover: 1, value: [value] })
  const inner = { cover: 2, feature: 1, threshold: 0.5, left: leaf(0), right: leaf(8) }
  const tree = flatten({ cover: 4, feature: 0, threshold: 0.5, left: { cover: 2, value: [0] }, right: inner })
  const matrix = { rows: 1, columns: [Float64Array.of(1), Float64Array.of(1)] }
  const { baseline, contributions } = treeShap({ intercepts: Float64Array.of(0), trees: [tree] }, matrix)
  expect(baseline[0]).toBe(2)
  expect(contributions[0]).toBeCloseTo(3, 12)
  expect(contributions[1]).toBeCloseTo(3, 12)
})

test('the values are those of all subsets, with missing values, categories, repeated columns and several outputs', () => {
  fc.assert(
    fc.property(ensembles, ({ ensemble, both, second, matrix }) => {
      const { contributions } = treeShap(ensemble, matrix)
      for (let i = 0; i < matrix.rows; i++) {
        const row = matrix.columns.map((column) => column[i] ?? Number.NaN)
        const first = byAllSubsets(both, row, 0)
        const other = byAllSubsets(second, row, 0)
        const expected = [...first, ...byAllSubsets(both, row, 1).map((value, j) => value + (other[j] ?? 0))]
        for (const [j, value] of expected.entries()) expect(contributions[i * 8 + j]).toBeCloseTo(value, 10)
      }
    }),
    { numRuns: 100 },
  )
})

test('baseline + values = prediction, also in deep trees with hardly any cover at the bottom', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
      const random = createRandom(seed)
      const chain = (depth: number, cover: number): Node =>
        depth === 0
          ? { cover, value: [random.next()] }
          : {
              cover,
              feature: random.integer(40),
              threshold: 0.5,
              left: { cover: cover * 0.9, value: [random.next()] },
              right: chain(depth - 1, cover * 0.1),
            }
      const ensemble = { intercepts: Float64Array.of(1), trees: [flatten(chain(40, 1))] }
      const columns = Array.from({ length: 40 }, () => Float64Array.of(1, random.next() < 0.05 ? 0 : 1))
      const { baseline, contributions } = treeShap(ensemble, { rows: 2, columns })
      predictEnsemble(ensemble, { rows: 2, columns }).forEach((prediction, row) => {
        const own = contributions.subarray(row * 40, row * 40 + 40)
        expect(own.reduce((sum, value) => sum + value, baseline[0] ?? 0)).toBeCloseTo(prediction, 10)
      })
    }),
    { numRuns: 50 },
  )
})

test('a column that no tree asks gets nothing, and the order of columns only orders the values', () => {
  fc.assert(
    fc.property(ensembles, ({ ensemble, matrix }) => {
      const { contributions } = treeShap(ensemble, matrix)
      const moved = ensemble.trees.map((tree) => ({ ...tree, feature: tree.feature.map((j) => (j < 0 ? j : 4 - j)) }))
      const [a, b, c, d] = matrix.columns
      const columns = [d, c, b, a].flatMap((column) => column ?? [])
      const wider = { rows: matrix.rows, columns: [new Float64Array(matrix.rows), ...columns] }
      const other = treeShap({ ...ensemble, trees: moved }, wider).contributions
      for (let i = 0; i < matrix.rows * 2; i++) {
        expect(other[i * 5]).toBe(0)
        for (let j = 0; j < 4; j++) expect(other[i * 5 + 4 - j]).toBeCloseTo(contributions[i * 4 + j] ?? 0, 12)
      }
    }),
    { numRuns: 30 },
  )
})

test("the values are LightGBM's", () => {
  const trees = golden.trees.map((tree) => ({
    feature: Int32Array.from(tree.feature),
    threshold: Float64Array.from(tree.threshold),
    left: Int32Array.from(tree.left),
    right: Int32Array.from(tree.right),
    missingLeft: Uint8Array.from(tree.missingLeft),
    output: 0,
    width: 1,
    value: Float64Array.from(tree.value),
    cover: Float64Array.from(tree.cover),
  }))
  const cell = (i: number, j: number) => golden.rows[i * 4 + j] ?? Number.NaN
  const columns = [0, 1, 2, 3].map((j) => Float64Array.from({ length: 12 }, (_, i) => cell(i, j)))
  const { baseline, contributions } = treeShap({ intercepts: Float64Array.of(0), trees }, { rows: 12, columns })
  for (let i = 0; i < 12; i++) {
    const expected = golden.contributions.slice(i * 5, i * 5 + 5)
    for (let j = 0; j < 4; j++) expect(contributions[i * 4 + j]).toBeCloseTo(expected[j] ?? 0, 8)
    expect(baseline[0]).toBeCloseTo(expected[4] ?? 0, 8)
  }
})

test('fitted ensembles are explained, with categories, missing values, weights of 0 and several outputs', async () => {
  const random = createRandom(8)
  const columns = [6, 1000, 1000].map((bound) =>
    Float64Array.from({ length: 300 }, () => (random.next() < 0.1 ? Number.NaN : random.integer(bound))),
  )
  const matrix = { rows: 300, columns }
  const target = Float64Array.from({ length: 300 }, (_, row) => {
    const sum = (columns[1]?.[row] || 500) + 300 * Number((columns[0]?.[row] ?? 0) % 2 === 0)
    return Math.min(2, Math.floor(sum / 450))
  })
  const weights = Float64Array.from({ length: 300 }, () => random.integer(3))
  const options = { seed: 1, weights, categorical: [0] }
  const forest = await fitForestClassifier(matrix, target, { ...options, trees: 5 })
  const boosted = await fitBoosting(matrix, target, { ...options, loss: softmaxLoss(3), rounds: 5, minLeafWeight: 2 })
  for (const ensemble of [forest, boosted]) {
    const { baseline, contributions } = treeShap(ensemble, matrix)
    predictEnsemble(ensemble, matrix).forEach((prediction, cell) => {
      const sum = contributions.subarray(cell * 3, cell * 3 + 3).reduce((a, b) => a + b, baseline[cell % 3] ?? 0)
      expect(sum).toBeCloseTo(prediction, 10)
    })
  }
})

test('a single leaf explains nothing, and a node without cover is refused', () => {
  const one = { intercepts: Float64Array.of(1), trees: [flatten({ cover: 2, value: [4] })] }
  const matrix = { rows: 1, columns: [Float64Array.of(1)] }
  expect(treeShap(one, matrix)).toEqual({ baseline: Float64Array.of(5), contributions: Float64Array.of(0) })
  const bare = flatten({ cover: 1, feature: 0, left: { cover: 1, value: [1] }, right: { cover: 0, value: [2] } })
  expect(() => treeShap({ ...one, trees: [bare] }, matrix)).toThrow('node 2 of tree 0 has a cover of 0')
})
