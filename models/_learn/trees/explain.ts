import type { Matrix } from '../matrix.ts'
import { leafOf, roundTo32Bits, type Tree, type TreeEnsemble } from './tree.ts'

/** The first output's prediction before anything is asked: what every explanation starts from. */
export function ensembleBaseline({ intercepts, trees }: TreeEnsemble): number {
  return trees.reduce((sum, { value }) => sum + (value[0] as number), intercepts[0] as number)
}

/**
 * What each column adds to the baseline of an ensemble with one output, row by row: the changes of value along the path,
 * each given to the column that was asked (Saabas). Baseline + the row's sum = prediction.
 */
export function explainEnsemble({ trees }: TreeEnsemble, matrix: Matrix): Float64Array {
  const width = matrix.columns.length
  const contributions = new Float64Array(matrix.rows * width)
  const columns = matrix.columns.map(roundTo32Bits)
  for (const tree of trees) {
    const paths = leafContributions(tree)
    for (let row = 0; row < matrix.rows; row++) {
      for (const [column, amount] of paths.get(leafOf(tree, columns, row)) ?? []) {
        const cell = row * width + column
        contributions[cell] = (contributions[cell] as number) + amount
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
