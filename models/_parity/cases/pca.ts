import { fitPca, transformPca } from '../../_learn/factors/pca.ts'
import { GraphBuilder } from '../../_onnx/graph-builder.ts'
import { addPca } from '../../_onnx/pca.ts'
import { byRows, feedOf } from '../feed-of.ts'
import type { ParityCase } from '../parity-case.ts'
import { mixedScales } from '../tables/mixed-scales.ts'

export const pcaCase: ParityCase = {
  name: 'principal components, whitened',
  async make() {
    const { matrix } = mixedScales()
    const middle = { ...matrix, columns: matrix.columns.slice(0, 4) }
    const model = await fitPca(middle, { components: 3, whiten: true })
    const graph = new GraphBuilder('pca')
    graph.output('scores', addPca(graph, graph.input('x', 'float', 4), model), 'float', 3)
    return {
      artefact: graph.build(),
      feeds: [feedOf('x', middle)],
      expected: { scores: byRows(transformPca(model, middle)) },
    }
  },
}
