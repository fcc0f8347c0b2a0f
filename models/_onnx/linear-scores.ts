import type { GraphBuilder, Value } from './graph-builder.ts'

/** score = start + sum of coefficient x (value - mean), one or several for a row */
export interface LinearScores {
  /** One a score. */
  starts: ArrayLike<number>
  /** One a column. */
  means: ArrayLike<number>
  /** `scores x columns`, score by score. */
  coefficients: ArrayLike<number>
}

/**
 * Adds linear scores over `input [N, columns]` that give `[N, scores]`. Means are rounded to 32 bits, so that values near them lose
 * nothing in the difference; what the rounding moves is in the start.
 */
export function addLinearScores(
  graph: GraphBuilder,
  input: Value,
  { starts, means, coefficients }: LinearScores,
): Value {
  const columns = means.length
  const scores = starts.length
  const rounded = Float32Array.from(means)
  const slope = (score: number, column: number) => coefficients[score * columns + column] ?? 0
  const shifted = Array.from(starts, (start, score) =>
    rounded.reduce((sum, mean, column) => sum + slope(score, column) * (mean - (means[column] ?? 0)), start),
  )
  const slopes = Array.from({ length: columns * scores }, (_, i) => slope(i % scores, Math.floor(i / scores)))
  const mean = graph.constant('means', { type: 'float', shape: [1, columns], values: rounded })
  const matrix = graph.constant('coefficients', { type: 'float', shape: [columns, scores], values: slopes })
  const start = graph.constant('starts', { type: 'float', shape: [1, scores], values: shifted })
  return graph.node('Add', [graph.node('MatMul', [graph.node('Sub', [input, mean]), matrix]), start])
}
