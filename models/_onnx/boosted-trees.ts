import type { GraphBuilder, Value } from './graph-builder.ts'
import { addSummedTrees, type VectorTree } from './tree-ensemble.ts'

export interface BoostedLaw {
  /** How sums of trees become predictions. */
  link: 'identity' | 'sigmoid' | 'softmax'
  intercepts: ArrayLike<number>
  trees: readonly VectorTree[]
}

/** Adds boosted trees over `input [N, columns]` that give values, or probabilities of labels or classes: `[N, outputs]`. */
export function addBoostedTrees(graph: GraphBuilder, input: Value, model: BoostedLaw): Value {
  const scores = addSummedTrees(graph, input, model)
  switch (model.link) {
    case 'identity':
      return scores
    case 'softmax':
      return graph.node('Softmax', [scores], { attributes: { axis: { int: 1 } } })
    case 'sigmoid':
      return addSigmoid(graph, scores)
  }
}

/** Written out: the sigmoids of runtimes round small probabilities away. */
function addSigmoid(graph: GraphBuilder, scores: Value): Value {
  const one = graph.constant('one', { type: 'float', shape: [1, 1], values: [1] })
  const odds = graph.node('Exp', [graph.node('Neg', [scores])])
  return graph.node('Div', [one, graph.node('Add', [odds, one])])
}
