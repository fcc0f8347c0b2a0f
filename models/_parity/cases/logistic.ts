import { fitLogistic } from '../../_learn/linear/logistic.ts'
import { predictLogistic } from '../../_learn/linear/logistic-model.ts'
import { GraphBuilder } from '../../_onnx/graph-builder.ts'
import { addLogistic } from '../../_onnx/logistic.ts'
import { feedOf } from '../feed-of.ts'
import type { MadeCase, ParityCase } from '../parity-case.ts'
import { mixedScales } from '../tables/mixed-scales.ts'

export const logisticCases: readonly ParityCase[] = [
  { name: 'logistic regression of two classes', make: () => logisticCase((code) => Math.min(code, 1)) },
  { name: 'logistic regression of three classes', make: () => logisticCase((code) => code) },
]

async function logisticCase(classOf: (code: number) => number): Promise<MadeCase> {
  const { matrix, classes: codes } = mixedScales()
  const model = await fitLogistic(matrix, codes.map(classOf))
  const { classes } = model
  const graph = new GraphBuilder('logistic')
  const values = addLogistic(graph, graph.input('x', 'float', matrix.columns.length), model)
  graph.output('probabilities', values.probabilities, 'float', classes)
  graph.output('label', values.label, 'int64')
  const probabilities = predictLogistic(model, matrix)
  const label = Array.from({ length: matrix.rows }, (_, row) => {
    const own = probabilities.subarray(row * classes, (row + 1) * classes)
    return own.indexOf(Math.max(...own))
  })
  return { artefact: graph.build(), feeds: [feedOf('x', matrix)], expected: { probabilities, label } }
}
