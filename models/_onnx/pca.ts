import type { GraphBuilder, Value } from './graph-builder.ts'
import { addLinearScores } from './linear-scores.ts'

/** score k = sum over columns of component k x (value - mean) / unit k */
export interface PrincipalComponents {
  means: ArrayLike<number>
  /** `components x columns`, component by component. */
  components: ArrayLike<number>
  /** One a component. */
  units: ArrayLike<number>
}

/** Adds principal components over `input [N, columns]` that give `[N, components]`. */
export function addPca(graph: GraphBuilder, input: Value, { means, components, units }: PrincipalComponents): Value {
  const coefficients = Array.from(components, (value, i) => value / (units[Math.floor(i / means.length)] ?? 1))
  return addLinearScores(graph, input, { starts: Array.from(units, () => 0), means, coefficients })
}
