import type { Matrix } from '../matrix.ts'

/** A regression tree as parallel arrays, one entry a node; the root is node 0. */
export interface Tree {
  /** Column that the node asks for; -1 at a leaf. */
  feature: Int32Array
  /** To the left when value <= threshold; exact in 32 bits, so that every runtime goes the same way. */
  threshold: Float64Array
  left: Int32Array
  right: Int32Array
  /** 1 where what is not known goes left. */
  missingLeft: Uint8Array
  /** The prediction if the path ended here. */
  value: Float64Array
  /** Weight of the training rows that came here. */
  cover: Float64Array
}

/** The sum of many trees: prediction = intercept + sum of the leaves' values. */
export interface TreeEnsemble {
  intercept: number
  trees: readonly Tree[]
}

export function leafOf(tree: Tree, columns: Matrix['columns'], row: number): number {
  const { feature, threshold, left, right, missingLeft } = tree
  let node = 0
  for (let asked = feature[0] ?? -1; asked >= 0; asked = feature[node] ?? -1) {
    const value = columns[asked]?.[row] ?? Number.NaN
    const goesLeft = Number.isNaN(value) ? missingLeft[node] === 1 : value <= (threshold[node] ?? 0)
    node = (goesLeft ? left[node] : right[node]) ?? 0
  }
  return node
}

export function predictEnsemble({ intercept, trees }: TreeEnsemble, matrix: Matrix): Float64Array {
  const predictions = new Float64Array(matrix.rows).fill(intercept)
  for (const tree of trees) addPredictions(tree, matrix, predictions)
  return predictions
}

export function addPredictions(tree: Tree, matrix: Matrix, predictions: Float64Array) {
  for (let row = 0; row < matrix.rows; row++)
    predictions[row] = (predictions[row] ?? 0) + (tree.value[leafOf(tree, matrix.columns, row)] ?? 0)
}

/** The prediction before anything is asked: what every explanation starts from. */
export function ensembleBaseline({ intercept, trees }: TreeEnsemble): number {
  return trees.reduce((sum, { value }) => sum + (value[0] ?? 0), intercept)
}

/**
 * What each column adds to the baseline, row by row: the changes of value along the path, each given to the column that
 * was asked (Saabas). Baseline + the row's sum = prediction.
 */
export function explainEnsemble({ trees }: TreeEnsemble, matrix: Matrix): Float64Array {
  const width = matrix.columns.length
  const contributions = new Float64Array(matrix.rows * width)
  for (const tree of trees) {
    const paths = leafContributions(tree)
    for (let row = 0; row < matrix.rows; row++) {
      for (const [column, amount] of paths.get(leafOf(tree, matrix.columns, row)) ?? []) {
        const cell = row * width + column
        contributions[cell] = (contributions[cell] ?? 0) + amount
      }
    }
  }
  return contributions
}

/** For each leaf: what its path adds, column by column, in ascending order of columns. */
export function leafContributions(tree: Tree): Map<number, [column: number, amount: number][]> {
  const leaves = new Map<number, [number, number][]>()
  const path: [column: number, amount: number][] = []
  const walk = (node: number) => {
    const column = tree.feature[node] ?? -1
    if (column < 0) leaves.set(node, sumByColumn(path))
    else {
      for (const child of [tree.left[node] ?? 0, tree.right[node] ?? 0]) {
        path.push([column, (tree.value[child] ?? 0) - (tree.value[node] ?? 0)])
        walk(child)
        path.pop()
      }
    }
  }
  walk(0)
  return leaves
}

function sumByColumn(path: readonly [column: number, amount: number][]): [number, number][] {
  const sums: [number, number][] = []
  for (const [column, amount] of path) {
    const known = sums.find(([other]) => other === column)
    if (known === undefined) sums.push([column, amount])
    else known[1] += amount
  }
  return sums.sort(([a], [b]) => a - b)
}

/** The same tree with all values multiplied. */
export function scaleTree(tree: Tree, factor: number): Tree {
  return { ...tree, value: tree.value.map((value) => value * factor) }
}
