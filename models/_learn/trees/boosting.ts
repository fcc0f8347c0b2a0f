import { breathe, type TrainingControl } from '../control.ts'
import { checkTrainingData, type Matrix } from '../matrix.ts'
import { createRandom, permutation } from '../random.ts'
import { growTree, type TreeOptions } from './grow-tree.ts'
import { createLoss, type Loss, type LossName } from './loss.ts'
import { type Presorted, presort } from './presort.ts'
import { leafOf, scaleTree, type Tree, type TreeEnsemble } from './tree.ts'

export interface BoostingOptions extends TreeOptions, TrainingControl {
  loss: LossName
  rounds: number
  /** Share of each tree's step that is taken. */
  learningRate: number
  /** Share of the rows that each tree sees, drawn anew. */
  subsample: number
  seed: number
}

/** Gradient boosting: each tree grows on what the ones before it left over. */
export async function fitBoosting(
  matrix: Matrix,
  target: Float64Array,
  options: BoostingOptions,
): Promise<TreeEnsemble> {
  checkTrainingData(matrix, target, { missing: 'allowed' })
  const table = presort(matrix)
  const loss = createLoss(options.loss)
  const random = createRandom(options.seed)
  const intercept = loss.start(target)
  const residuals = target.map((value) => value - intercept)
  const trees: Tree[] = []
  for (let round = 0; round < options.rounds; round++) {
    if (round % 32 === 0) await breathe(options.signal)
    const weights = sample(table.rows, options.subsample, random.fork())
    const grown = growTree(table, loss.directions(residuals), weights, options, random.fork())
    const tree = scaleTree(stepLeaves(grown, table, weights, residuals, loss), options.learningRate)
    for (let row = 0; row < table.rows; row++)
      residuals[row] = (residuals[row] ?? 0) - (tree.value[leafOf(tree, table.columns, row)] ?? 0)
    trees.push(tree)
    options.onProgress?.({ stage: 'rounds', done: round + 1, total: options.rounds })
  }
  return { intercepts: Float64Array.of(intercept), trees }
}

function sample(rows: number, share: number, random: ReturnType<typeof createRandom>): Float64Array {
  if (share >= 1) return new Float64Array(rows).fill(1)
  const weights = new Float64Array(rows)
  const count = Math.max(1, Math.round(share * rows))
  for (const row of permutation(rows, random).subarray(0, count)) weights[row] = 1
  return weights
}

/** The tree with each leaf's value set to the loss's own step, and each inner node's to the mean of its leaves. */
function stepLeaves(tree: Tree, table: Presorted, weights: Float64Array, residuals: Float64Array, loss: Loss): Tree {
  const members = new Map<number, number[]>()
  for (let row = 0; row < table.rows; row++) {
    if (weights[row] === 0) continue
    const leaf = leafOf(tree, table.columns, row)
    const rows = members.get(leaf)
    if (rows === undefined) members.set(leaf, [row])
    else rows.push(row)
  }
  const value = tree.value.slice()
  for (let node = value.length - 1; node >= 0; node--) {
    if ((tree.feature[node] ?? -1) < 0) {
      value[node] = loss.step(Float64Array.from(members.get(node) ?? [], (row) => residuals[row] ?? 0))
      continue
    }
    const left = tree.left[node] ?? 0 // children come after their parent
    const right = tree.right[node] ?? 0
    const sum = (value[left] ?? 0) * (tree.cover[left] ?? 0) + (value[right] ?? 0) * (tree.cover[right] ?? 0)
    value[node] = sum / (tree.cover[node] ?? 1)
  }
  return { ...tree, value }
}
