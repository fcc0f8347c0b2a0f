import type { GraphBuilder, Value } from './graph-builder.ts'
import { addLinearScores } from './linear-scores.ts'

/** With two classes one score, the log odds of class 1; with more one a class. */
export interface LogisticLaw {
  classes: number
  means: ArrayLike<number>
  /** One a score. */
  intercepts: ArrayLike<number>
  /** `scores x columns`, score by score. */
  coefficients: ArrayLike<number>
}

export interface ClassValues {
  /** `[N, classes]` */
  probabilities: Value
  /** The likeliest class, the first of equals: int64 `[N, 1]`. */
  label: Value
}

/**
 * Adds a logistic model over `input [N, columns]`. Two classes take half the log odds each: softmax keeps the digits of small
 * probabilities that runtimes' sigmoids round away.
 */
export function addLogistic(graph: GraphBuilder, input: Value, model: LogisticLaw): ClassValues {
  const { classes, means, intercepts, coefficients } = model
  const both = (values: ArrayLike<number>) => [-0.5, 0.5].flatMap((half) => Array.from(values, (value) => half * value))
  const scores = addLinearScores(graph, input, {
    means,
    starts: classes === 2 ? both(intercepts) : intercepts,
    coefficients: classes === 2 ? both(coefficients) : coefficients,
  })
  const probabilities = graph.node('Softmax', [scores], { attributes: { axis: { int: 1 } } })
  const label = graph.node('ArgMax', [scores], { attributes: { axis: { int: 1 }, keepdims: { int: 1 } } })
  return { probabilities, label }
}
