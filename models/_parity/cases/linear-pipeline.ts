import { applyImputer, fitImputer } from '../../_learn/encoding/imputer.ts'
import { applyOneHot, fitOneHot } from '../../_learn/encoding/one-hot.ts'
import { fitLogistic } from '../../_learn/linear/logistic.ts'
import { predictLogistic } from '../../_learn/linear/logistic-model.ts'
import { createRandom } from '../../_learn/random.ts'
import { GraphBuilder } from '../../_onnx/graph-builder.ts'
import { addImputer } from '../../_onnx/imputer.ts'
import { addLogistic } from '../../_onnx/logistic.ts'
import { addOneHot } from '../../_onnx/one-hot.ts'
import { feedOf } from '../feed-of.ts'
import type { ParityCase } from '../parity-case.ts'

const ROWS = 1_000
const COLOURS = ['', 'red', 'green', 'blue', 'süß']

/** Categories and gaps, which linear models refuse, go through encodings: one artefact takes the raw rows. */
export const linearPipelineCase: ParityCase = {
  name: 'imputer and one-hot before logistic regression',
  async make() {
    const { matrix, colours, target } = rawRows()
    const imputer = fitImputer(matrix, { strategy: 'median', indicator: true })
    const oneHot = fitOneHot(colours, { missing: 'column' })
    const encoded = { rows: ROWS, columns: [...applyImputer(imputer, matrix).columns, ...applyOneHot(oneHot, colours)] }
    const model = await fitLogistic(encoded, target)
    const graph = new GraphBuilder('pipeline')
    const numbers = addImputer(graph, graph.input('x', 'float', matrix.columns.length), imputer)
    const categories = addOneHot(graph, graph.input('colour', 'string'), oneHot)
    const design = graph.node('Concat', [numbers, categories], { attributes: { axis: { int: 1 } } })
    graph.output('probabilities', addLogistic(graph, design, model).probabilities, 'float', 2)
    return {
      artefact: graph.build(),
      feeds: [feedOf('x', matrix), { name: 'colour', type: 'string', data: colours, rows: ROWS }],
      expected: { probabilities: predictLogistic(model, encoded) },
    }
  },
}

function rawRows() {
  const random = createRandom(3)
  const colours = Array.from({ length: ROWS }, () => COLOURS[random.integer(COLOURS.length)] ?? '')
  const columns = [1, 40, 0.02].map((scale) =>
    Float32Array.from({ length: ROWS }, () => (random.next() < 0.1 ? Number.NaN : scale * random.next())),
  )
  const [first] = columns
  const target = Float64Array.from(colours, (colour, row) =>
    Number((first?.[row] ?? 0) + (colour === 'red' ? 0.4 : 0) > 0.5 + 0.4 * random.next()),
  )
  return { matrix: { rows: ROWS, columns }, colours, target }
}
