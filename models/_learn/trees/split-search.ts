import type { Presorted } from './presort.ts'

/** Part of a tree's rows: from `start` to `end` in every sorted column. */
export interface NodeRows {
  start: number
  end: number
  weight: number
  /** Sum of weight x target. */
  target: number
}

/**
 * Looks for the split of a node that explains most variance: the largest sum over both sides of (sum of targets)^2 /
 * weight. Rows that are not known are tried on both sides. It is asked some hundred times a tree, so that it keeps the best
 * split in its own fields instead of making objects.
 */
export class SplitSearch {
  feature = -1
  threshold = 0
  missingLeft = false
  leftWeight = 0
  leftTarget = 0
  #score = 0
  readonly #columns: Presorted['columns']
  readonly #weights: Float64Array
  readonly #weightedTargets: Float64Array
  readonly #minLeafWeight: number

  constructor(
    columns: Presorted['columns'],
    weights: Float64Array,
    weightedTargets: Float64Array,
    minLeafWeight: number,
  ) {
    this.#columns = columns
    this.#weights = weights
    this.#weightedTargets = weightedTargets
    this.#minLeafWeight = minLeafWeight
  }

  /** Starts on a node: only splits that gain more than this count. */
  begin({ weight, target }: NodeRows, minGain: number) {
    this.feature = -1
    this.#score = (target * target) / weight + minGain
  }

  /** @returns whether the column can split the node at all */
  consider(feature: number, sorted: Int32Array, node: NodeRows): boolean {
    const column = this.#columns[feature] as Float32Array
    const knownEnd = endOfKnown(column, sorted, node)
    let missingWeight = 0
    let missingTarget = 0
    for (let i = knownEnd; i < node.end; i++) {
      missingWeight += this.#weights[sorted[i] as number] as number
      missingTarget += this.#weightedTargets[sorted[i] as number] as number
    }
    let weight = 0
    let target = 0
    let usable = false
    for (let i = node.start; i < knownEnd; i++) {
      const row = sorted[i] as number
      weight += this.#weights[row] as number
      target += this.#weightedTargets[row] as number
      const value = column[row] as number
      const isLast = i + 1 === knownEnd
      if (isLast && missingWeight === 0) break
      const next = isLast ? value : (column[sorted[i + 1] as number] as number)
      if (value === next && !isLast) continue
      const withMajority = missingWeight === 0 && weight * 2 > node.weight
      if (this.#offer(feature, node, weight, target, value, next, withMajority)) usable = true
      if (missingWeight === 0 || isLast) continue
      if (this.#offer(feature, node, weight + missingWeight, target + missingTarget, value, next, true)) usable = true
    }
    return usable
  }

  /** Takes the split if it is the best so far; says whether both sides are large enough. */
  #offer(
    feature: number,
    node: NodeRows,
    leftWeight: number,
    leftTarget: number,
    low: number,
    high: number,
    missingLeft: boolean,
  ): boolean {
    const rightWeight = node.weight - leftWeight
    if (leftWeight < this.#minLeafWeight || rightWeight < this.#minLeafWeight) return false
    const rightTarget = node.target - leftTarget
    const score = (leftTarget * leftTarget) / leftWeight + (rightTarget * rightTarget) / rightWeight
    if (score <= this.#score) return true
    this.#score = score
    this.feature = feature
    this.threshold = between(low, high)
    this.missingLeft = missingLeft
    this.leftWeight = leftWeight
    this.leftTarget = leftTarget
    return true
  }
}

/** A 32-bit number with low <= it < high. */
function between(low: number, high: number): number {
  const middle = Math.fround(low + (high - low) / 2)
  return middle < high ? middle : low
}

function endOfKnown(column: Float32Array, sorted: Int32Array, { start, end }: NodeRows): number {
  let known = end
  while (known > start && Number.isNaN(column[sorted[known - 1] as number])) known--
  return known
}
