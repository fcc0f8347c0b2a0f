import { fitLinear, predictLinear } from '../../_learn/linear/least-squares.ts'
import { createRandom } from '../../_learn/random.ts'
import { GraphBuilder } from '../../_onnx/graph-builder.ts'
import { addLinear } from '../../_onnx/linear.ts'
import { feedOf } from '../feed-of.ts'
import type { ParityCase } from '../parity-case.ts'

const ROWS = 1_000

export const linearCase: ParityCase = {
  name: 'least squares',
  async make() {
    const random = createRandom(1)
    const scales = [1, 100, 0.01, 5, 2_000]
    const columns = scales.map((scale) => Float32Array.from({ length: ROWS }, () => scale * (random.next() - 0.3)))
    const matrix = { rows: ROWS, columns }
    const target = Float64Array.from({ length: ROWS }, (_, i) =>
      columns.reduce((sum, column, j) => sum + ((column[i] ?? 0) / (scales[j] ?? 1)) * (j + 1), random.next()),
    )
    const model = await fitLinear(matrix, target)
    const graph = new GraphBuilder('least_squares')
    const input = graph.input('x', 'float', columns.length)
    graph.output('prediction', addLinear(graph, input, model), 'float')
    return {
      artefact: graph.build(),
      feeds: [feedOf('x', matrix)],
      expected: { prediction: predictLinear(model, matrix) },
    }
  },
}
