import type { GraphBuilder, Value } from './graph-builder.ts'
import { addLinearScores } from './linear-scores.ts'

/** prediction = baseline + sum of coefficient x (value - mean) */
export interface LinearLaw {
  baseline: number
  means: ArrayLike<number>
  coefficients: ArrayLike<number>
}

/** Adds a linear model over `input [N, columns]` that gives `[N, 1]`; NaN where a value is not known. */
export function addLinear(graph: GraphBuilder, input: Value, { baseline, means, coefficients }: LinearLaw): Value {
  return addLinearScores(graph, input, { starts: [baseline], means, coefficients })
}
