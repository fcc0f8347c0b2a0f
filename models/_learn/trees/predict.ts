import { Arena } from '../kernels/arena.ts'
import { soloTeam } from '../kernels/team.ts'
import type { Matrix } from '../matrix.ts'
import { leafOf, roundTo32Bits, type TreeEnsemble } from './tree.ts'
import { TreeWalker, WalkedTable } from './tree-walker.ts'

/** Fewer steps than this (rows x trees) are not worth a memory of their own. */
const STEPS_WORTH_A_KERNEL = 50_000
/** Rows that are laid out at a time take about so many bytes. */
const CHUNK_BYTES = 2 ** 25

/** Row by row, one number an output. Columns are read with 32 bits, as every runtime reads them. */
export function predictEnsemble(ensemble: TreeEnsemble, matrix: Matrix): Float64Array {
  const { intercepts, trees } = ensemble
  const outputs = intercepts.length
  const predictions = new Float64Array(matrix.rows * outputs)
  for (let i = 0; i < predictions.length; i++) predictions[i] = intercepts[i % outputs] as number
  if (matrix.rows * trees.length < STEPS_WORTH_A_KERNEL) addSlowly(ensemble, matrix, predictions)
  else addByKernel(ensemble, matrix, predictions)
  return predictions
}

function addSlowly({ intercepts, trees }: TreeEnsemble, matrix: Matrix, predictions: Float64Array) {
  const columns = matrix.columns.map(roundTo32Bits)
  const outputs = intercepts.length
  for (const tree of trees) {
    const { width, output, value } = tree
    for (let row = 0; row < matrix.rows; row++) {
      const leaf = leafOf(tree, columns, row)
      const first = row * outputs + output
      for (let j = 0; j < width; j++)
        predictions[first + j] = (predictions[first + j] as number) + (value[leaf * width + j] as number)
    }
  }
}

function addByKernel({ intercepts, trees }: TreeEnsemble, matrix: Matrix, predictions: Float64Array) {
  const arena = new Arena()
  const walker = new TreeWalker(arena, soloTeam(arena))
  const outputs = intercepts.length
  const chunk = Math.ceil(CHUNK_BYTES / (4 * matrix.columns.length + 8 * outputs))
  const table = new WalkedTable(arena, matrix, Math.min(chunk, matrix.rows))
  const sums = arena.float64(Math.min(chunk, matrix.rows) * outputs)
  for (let first = 0; first < matrix.rows; first += chunk) {
    const part = predictions.subarray(first * outputs, (first + chunk) * outputs)
    table.layOut(first)
    sums.values.set(part)
    for (const tree of trees) walker.add(tree, table, sums, outputs)
    part.set(sums.values.subarray(0, part.length))
  }
}
