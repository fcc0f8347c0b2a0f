import { checkTrainingData, type Matrix } from '../matrix.ts'
import type { Examples, Loss } from './losses/loss.ts'
import { leafOf, roundTo32Bits, type Tree } from './tree.ts'

/** Rows that are not trained on. */
export interface Validation extends Examples {
  matrix: Matrix
  /** Rounds without a better loss after which training ends. */
  patience: number
}

export interface EarlyStopping {
  bestRounds: number
  /** Takes the trees of a round; says whether it is time to end. */
  enough(trees: readonly Tree[]): boolean
}

export function createEarlyStopping(loss: Loss, validation: Validation, intercepts: Float64Array): EarlyStopping {
  const { matrix, patience } = validation
  checkTrainingData(matrix, validation.target, { missing: 'allowed' })
  const over = loss.over(validation)
  const columns = matrix.columns.map(roundTo32Bits)
  const scores = new Float64Array(matrix.rows * intercepts.length)
  intercepts.forEach((start, k) => {
    scores.fill(start, k * matrix.rows, (k + 1) * matrix.rows)
  })
  let best = over.evaluate(scores)
  let rounds = 0
  const stopping: EarlyStopping = {
    bestRounds: 0,
    enough(trees) {
      for (const tree of trees) {
        const offset = tree.output * matrix.rows
        for (let row = 0; row < matrix.rows; row++)
          scores[offset + row] = (scores[offset + row] as number) + (tree.value[leafOf(tree, columns, row)] as number)
      }
      rounds++
      const found = over.evaluate(scores)
      if (found < best) {
        best = found
        stopping.bestRounds = rounds
      }
      return rounds - stopping.bestRounds >= patience
    },
  }
  return stopping
}
