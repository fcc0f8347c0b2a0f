/** What a loss is judged by: one target a row, and what else is known of the rows. */
export interface Examples {
  target: Float64Array
  /** How much each row counts; 1 without them. */
  weights?: Float64Array | undefined
  /** For ranking: which rows belong to one list, by a number a row. */
  groups?: ArrayLike<number> | undefined
}

/** How scores become predictions. */
export type Link = 'identity' | 'sigmoid' | 'softmax'

/** What boosting needs to know about a loss. */
export interface Loss {
  name: string
  /** Scores a row. */
  outputs: number
  link: Link
  /** @throws Error for targets that the loss cannot take */
  over(examples: Examples): LossOver
}

/** A loss over certain examples. Scores come output by output: all rows of the first, then all rows of the next. */
export interface LossOver {
  /** The constant scores that fit best. */
  start(): Float64Array
  /** Writes the derivatives of each row's loss by one output's score; hessians only where they are not 1. */
  derive(scores: Float64Array, output: number, gradients: Float32Array, hessians: Float32Array): void
  /** Is the second derivative 1 everywhere? */
  constantHessian: boolean
  /**
   * The best step of a leaf with these residuals (target - score), where the derivatives do not tell it; positions of the
   * rows come along for their weights.
   */
  leafStep?(residuals: Float64Array, weights: Float64Array | undefined): number
  /** The mean loss, weighted: less is better. */
  evaluate(scores: Float64Array): number
}

export function weightedMean(values: ArrayLike<number>, weights: ArrayLike<number> | undefined): number {
  let sum = 0
  let total = 0
  for (let i = 0; i < values.length; i++) {
    const weight = weights === undefined ? 1 : (weights[i] as number)
    sum += weight * (values[i] as number)
    total += weight
  }
  return sum / total
}

/** The value below which `level` of the weight lies; in the middle where it falls between two values. */
export function weightedQuantile(values: Float64Array, weights: Float64Array | undefined, level: number): number {
  if (weights === undefined) return quantile(values.toSorted(), level)
  const order = Int32Array.from(values, (_, i) => i).sort((a, b) => (values[a] as number) - (values[b] as number))
  const wanted = level * weights.reduce((sum, weight) => sum + weight, 0)
  let below = 0
  for (let i = 0; i < order.length; i++) {
    below += weights[order[i] as number] as number
    if (below < wanted * (1 - 1e-12)) continue
    const value = values[order[i] as number] as number
    const tied = Math.abs(below - wanted) <= wanted * 1e-12 && i + 1 < order.length
    return tied ? (value + (values[order[i + 1] as number] as number)) / 2 : value
  }
  return values[order.at(-1) ?? 0] ?? 0
}

function quantile(sorted: Float64Array, level: number): number {
  const position = level * sorted.length
  const index = Math.min(Math.ceil(position), sorted.length) - 1
  const value = sorted[Math.max(index, 0)] as number
  return position === index + 1 && index + 1 < sorted.length ? (value + (sorted[index + 1] as number)) / 2 : value
}
