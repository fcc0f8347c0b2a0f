import type { Matrix } from '../../_learn/matrix.ts'
import { createRandom } from '../../_learn/random.ts'
import { fitExtraTrees } from '../../_learn/trees/extra-trees.ts'
import { fitForest, fitForestClassifier } from '../../_learn/trees/forest.ts'
import type { ForestOptions } from '../../_learn/trees/grow-forest.ts'
import { fitIsolationForest, predictIsolationForest } from '../../_learn/trees/isolation-forest.ts'
import { predictEnsemble } from '../../_learn/trees/predict.ts'
import type { TreeEnsemble } from '../../_learn/trees/tree.ts'
import { GraphBuilder } from '../../_onnx/graph-builder.ts'
import { addIsolationForest } from '../../_onnx/isolation-forest.ts'
import { addSummedTrees } from '../../_onnx/tree-ensemble.ts'
import { feedOf } from '../feed-of.ts'
import type { MadeCase, ParityCase } from '../parity-case.ts'

const CATEGORICAL = [3]
const deep: ForestOptions = { trees: 20, seed: 1, categorical: CATEGORICAL }

/** Three numbers of which one in twenty is not known, and codes below `codes`; the target is between -20 and 40. */
function mixedTable(seed: number, codes: number) {
  const random = createRandom(seed)
  const cell = () => (random.next() < 0.05 ? Number.NaN : 10 * random.next() - 3)
  const numbers = [0, 1, 2].map(() => Float32Array.from({ length: 1_000 }, cell))
  const code = Float32Array.from({ length: 1_000 }, () => (random.next() < 0.05 ? Number.NaN : random.integer(codes)))
  const matrix: Matrix = { rows: 1_000, columns: [...numbers, code] }
  const target = Float64Array.from(code, (kind, row) => {
    const [a = 0, b = 0] = numbers.map((column) => (Number.isNaN(column[row]) ? 1 : (column[row] ?? 0)))
    return a * b + (kind % 3 === 1 ? 12 : 0) + random.next()
  })
  return { matrix, target }
}

const train = mixedTable(1, 20)
const fresh = mixedTable(2, 30).matrix // a third of its codes was never seen

/** Every artefact is asked for rows that it was not fitted to. */
function make(name: string, add: (graph: GraphBuilder, input: string) => string, expected: Float64Array): MadeCase {
  const graph = new GraphBuilder(name)
  const input = graph.input('x', 'float', fresh.columns.length)
  graph.output('y', add(graph, input), 'float', expected.length / fresh.rows)
  return { artefact: graph.build(), feeds: [feedOf('x', fresh)], expected: { y: expected } }
}

function ensembleCase(name: string, learn: () => Promise<TreeEnsemble>): ParityCase {
  return {
    name,
    async make() {
      const learned = await learn()
      const ensemble = { ...learned, intercepts: learned.intercepts.map((_, target) => target + 0.5) }
      const add = (graph: GraphBuilder, input: string) => addSummedTrees(graph, input, ensemble)
      return make('trees', add, predictEnsemble(ensemble, fresh))
    },
  }
}

const isolationCase: ParityCase = {
  name: 'isolation forest',
  async make() {
    const model = await fitIsolationForest(train.matrix, { seed: 1, categorical: CATEGORICAL })
    const add = (graph: GraphBuilder, input: string) => addIsolationForest(graph, input, model)
    return make('isolation_forest', add, predictIsolationForest(model, fresh))
  },
}

export const forestCases: readonly ParityCase[] = [
  ensembleCase('random forest', () => fitForest(train.matrix, train.target, deep)),
  ensembleCase('random forest of three classes', () => {
    const classes = train.target.map((value) => Number(value > 5) + Number(value > 20))
    return fitForestClassifier(train.matrix, classes, deep)
  }),
  ensembleCase('extra trees', () => fitExtraTrees(train.matrix, train.target, deep)),
  isolationCase,
]
