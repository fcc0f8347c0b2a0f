import type { GraphBuilder, Value } from './graph-builder.ts'
import { addUnitLength } from './unit-length.ts'

/** y = z / |z| with z = x W or x + x W, where W is the product of row-major factors. */
interface ProjectionHead {
  residual: boolean
  factors: readonly { rows: number; columns: number; values: ArrayLike<number> }[]
}

/** Adds a head over embeddings `[N, inputs]` that gives rows of length 1, `[N, outputs]`. */
export function addContrastiveHead(graph: GraphBuilder, input: Value, { residual, factors }: ProjectionHead): Value {
  const projected = factors.reduce((value, { rows, columns, values }) => {
    const factor = graph.constant('factor', { type: 'float', shape: [rows, columns], values })
    return graph.node('MatMul', [value, factor])
  }, input)
  return addUnitLength(graph, residual ? graph.node('Add', [input, projected]) : projected)
}
