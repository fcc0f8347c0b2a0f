import type { GraphBuilder, Value } from './graph-builder.ts'
import { addSummedTrees, type VectorTree } from './tree-ensemble.ts'

export interface IsolationScore {
  /** Gives the mean path length of a row. */
  paths: { intercepts: ArrayLike<number>; trees: readonly VectorTree[] }
  expectedPath: number
}

/** Adds an isolation forest over `input [N, columns]` that gives how odd each row is, `[N, 1]`: 2^(-path / expected path). */
export function addIsolationForest(graph: GraphBuilder, input: Value, { paths, expectedPath }: IsolationScore): Value {
  const unit = expectedPath > 0 ? -Math.LN2 / expectedPath : 0
  const rate = graph.constant('rate', { type: 'float', shape: [1, 1], values: [unit] })
  return graph.node('Exp', [graph.node('Mul', [addSummedTrees(graph, input, paths), rate])])
}
