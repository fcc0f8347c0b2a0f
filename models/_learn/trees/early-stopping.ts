import { checkTrainingData, type Matrix } from '../matrix.ts'
import { leafOf, roundTo32Bits, type Tree } from './tree.ts'

/** Rows that are not trained on. */
export interface HeldOut {
  matrix: Matrix
  /** Rounds without a better loss after which training ends. */
  patience: number
}

export interface EarlyStopping {
  bestRounds: number
  /** Takes the trees of a round; says whether it is time to end. */
  enough(trees: readonly Tree[]): boolean
}

/** Watches the mean loss over rows that are held out; scores come output by output. */
export function createEarlyStopping(
  { matrix, patience }: HeldOut,
  evaluate: (scores: Float64Array) => number,
  intercepts: Float64Array,
): EarlyStopping {
  checkTrainingData(matrix, new Float64Array(matrix.rows), { missing: 'allowed' })
  const columns = matrix.columns.map(roundTo32Bits)
  const scores = new Float64Array(matrix.rows * intercepts.length)
  intercepts.forEach((start, k) => {
    scores.fill(start, k * matrix.rows, (k + 1) * matrix.rows)
  })
  let best = evaluate(scores)
  let rounds = 0
  const stopping: EarlyStopping = {
    bestRounds: 0,
    enough(trees) {
      for (const tree of trees) addTree(tree, columns, scores, matrix.rows)
      rounds++
      const found = evaluate(scores)
      if (found < best) {
        best = found
        stopping.bestRounds = rounds
      }
      return rounds - stopping.bestRounds >= patience
    },
  }
  return stopping
}

function addTree(tree: Tree, columns: Matrix['columns'], scores: Float64Array, rows: number) {
  const { output, width, value } = tree
  for (let row = 0; row < rows; row++) {
    const leaf = leafOf(tree, columns, row)
    for (let j = 0; j < width; j++) {
      const at = (output + j) * rows + row
      scores[at] = (scores[at] as number) + (value[leaf * width + j] as number)
    }
  }
}
