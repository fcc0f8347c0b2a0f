import { fitElasticNet } from '../../_learn/linear/elastic-net.ts'
import { fitLinear, type LinearModel, predictLinear } from '../../_learn/linear/least-squares.ts'
import type { Matrix } from '../../_learn/matrix.ts'
import { GraphBuilder } from '../../_onnx/graph-builder.ts'
import { addLinear } from '../../_onnx/linear.ts'
import { feedOf } from '../feed-of.ts'
import type { MadeCase, ParityCase } from '../parity-case.ts'
import { mixedScales } from '../tables/mixed-scales.ts'

const leastSquaresCase: ParityCase = {
  name: 'least squares',
  async make() {
    const { matrix, target } = mixedScales()
    return linearCase(matrix, await fitLinear(matrix, target, { ridge: 1 }))
  },
}

const elasticNetCase: ParityCase = {
  name: 'elastic net',
  async make() {
    const { matrix, target } = mixedScales()
    const model = await fitElasticNet(matrix, target, { penalty: 0.2, l1Ratio: 0.7, standardise: true })
    return linearCase(matrix, model)
  },
}

export const linearCases = [leastSquaresCase, elasticNetCase]

function linearCase(training: Matrix, model: LinearModel): MadeCase {
  const matrix = withOddCells(training)
  const graph = new GraphBuilder('linear')
  const input = graph.input('x', 'float', matrix.columns.length)
  graph.output('prediction', addLinear(graph, input, model), 'float')
  return {
    artefact: graph.build(),
    feeds: [feedOf('x', matrix)],
    expected: { prediction: predictLinear(model, matrix) },
  }
}

/** Rows that no training would take: what is not known or has no end comes out as that. */
function withOddCells({ rows, columns }: Matrix): Matrix {
  const odd = columns.map((column) => column.slice())
  odd[0]?.set([Number.NaN, 1])
  odd[1]?.set([0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
  return { rows, columns: odd }
}
