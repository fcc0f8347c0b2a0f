import type { Matrix } from '../../_learn/matrix.ts'
import { createRandom, normal } from '../../_learn/random.ts'
import { type BoostedTrees, type BoostingOptions, fitBoosting } from '../../_learn/trees/boosting.ts'
import { logisticLoss } from '../../_learn/trees/losses/logistic.ts'
import { quantileLoss } from '../../_learn/trees/losses/quantile.ts'
import { softmaxLoss } from '../../_learn/trees/losses/softmax.ts'
import { squaredLoss } from '../../_learn/trees/losses/squared.ts'
import { fitMultiLabel } from '../../_learn/trees/multi-label.ts'
import { predictBoosted } from '../../_learn/trees/predict-boosted.ts'
import { addBoostedTrees } from '../../_onnx/boosted-trees.ts'
import { GraphBuilder } from '../../_onnx/graph-builder.ts'
import { feedOf } from '../feed-of.ts'
import type { ParityCase } from '../parity-case.ts'

const ROWS = 1_000
const CATEGORICAL = [3]

/** Numbers of very different size, and categories, one cell in twenty unknown. */
function table(seed: number): Matrix {
  const random = createRandom(seed)
  const column = (cell: () => number) =>
    Float32Array.from({ length: ROWS }, () => (random.next() < 0.05 ? Number.NaN : cell()))
  const columns = [
    column(() => 1e4 * normal(random)),
    column(random.next),
    column(() => 1e-3 * normal(random)),
    column(() => random.integer(20)),
  ]
  return { rows: ROWS, columns }
}

/** What the rows of a table are worth, with no unknown in it. */
function worth({ columns }: Matrix): Float64Array {
  const at = (column: number, row: number) => columns[column]?.[row] || 0 // 0 for what is not known
  return Float64Array.from({ length: ROWS }, (_, row) => {
    return at(0, row) / 1e4 + Math.sin(6 * at(1, row)) + (at(3, row) % 3) + 1e3 * at(2, row) * at(1, row)
  })
}

const known = table(1)
const value = worth(known)

/** New rows, with categories among them that were never seen. */
function asked(): Matrix {
  const matrix = table(2)
  matrix.columns[3]?.fill(77, 0, 20)
  return matrix
}

function boostingCase(name: string, train: () => Promise<BoostedTrees>): ParityCase {
  return {
    name: `boosting, ${name}`,
    async make() {
      const model = await train()
      const matrix = asked()
      const graph = new GraphBuilder('boosting')
      const x = graph.input('x', 'float', matrix.columns.length)
      graph.output('prediction', addBoostedTrees(graph, x, model), 'float', model.intercepts.length)
      const expected = { prediction: predictBoosted(model, matrix) }
      return { artefact: graph.build(), feeds: [feedOf('x', matrix)], expected }
    },
  }
}

const options = { rounds: 50, seed: 1, categorical: CATEGORICAL }
const learn = (target: Float64Array, loss: BoostingOptions['loss']) => fitBoosting(known, target, { ...options, loss })
const levels = value.map((one) => Number(one > 0) + Number(one > 1.5))
const labels = [0, 0.5, 1, 2, 4].map((limit) => value.map((one) => Number(one > limit)))

export const boostingCases: readonly ParityCase[] = [
  boostingCase('squared loss', () => learn(value, squaredLoss())),
  boostingCase('quantile loss', () => learn(value, quantileLoss(0.9))),
  boostingCase('logistic loss', () => learn(labels[2] ?? value, logisticLoss())),
  boostingCase('softmax loss', () => learn(levels, softmaxLoss(3))),
  boostingCase('many labels', () => fitMultiLabel(known, labels, options)),
]
