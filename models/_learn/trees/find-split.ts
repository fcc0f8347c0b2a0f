import { type BinnedColumn, MISSING_BIN, RARE_BIN } from './binning.ts'

/** Numbers a column in a histogram: a sum of gradients and one of hessians for each of 256 bins. */
export const COLUMN_NUMBERS = 512

/** Sums over the rows of a node. */
export interface Sums {
  gradient: number
  hessian: number
}

/** How a node is divided: bins that go left have a 1. */
export interface Split {
  column: number
  gain: number
  goesLeft: Uint8Array
  left: Sums
}

export interface SplitRules {
  /** Added to the hessian of each side: shrinks leaves. */
  l2: number
  /** Taken from the gradient of each side: makes small leaves nothing. */
  l1: number
  minGain: number
  /** Column by column: 1 when predictions may only rise with it, -1 when they may only fall, 0 when they are free. */
  monotone: Int8Array
}

/** The node that is looked at, and what its leaves must keep to. */
export interface Candidate extends Sums {
  histogram: Float64Array
  /** Least sum of hessians on each side. */
  minHessian: number
  /** Bounds of the values below this node, from monotone splits above it. */
  low: number
  high: number
}

/** Gains below this share of what there is are rounding. */
const ROUNDING = 1e-12

/** Added to the hessian of a category when categories are put in order, and its penalty: few rows say little. */
const CATEGORY_SMOOTHING = 10

/**
 * Looks for the split with the largest gain, by the second-order expansion of the loss (Chen & Guestrin 2016, eq. 7). Rows
 * that are not known are tried on both sides; categories are ordered by gradient / hessian first (Fisher 1958).
 */
export class SplitSearch {
  readonly #columns: readonly BinnedColumn[]
  readonly #rules: SplitRules
  #node: Candidate = { histogram: new Float64Array(), minHessian: 0, low: 0, high: 0, gradient: 0, hessian: 0 }
  #bounded = false
  /** The best so far: bins up to `#cut`, or the first `#cut` of `#order`, go left. */
  #gain = 0
  #column = -1
  #cut = -1
  #missingLeft = false
  #leftGradient = 0
  #leftHessian = 0
  #order: Uint8Array | undefined

  constructor(columns: readonly BinnedColumn[], rules: SplitRules) {
    this.#columns = columns
    this.#rules = rules
  }

  find(node: Candidate, columns: readonly number[]): Split | undefined {
    this.#node = node
    const { l1, l2, minGain } = this.#rules
    this.#gain = minGain + score(node.gradient, node.hessian, l1, l2) * ROUNDING
    this.#column = -1
    this.#bounded = node.low > Number.NEGATIVE_INFINITY || node.high < Number.POSITIVE_INFINITY
    for (const index of columns) {
      const column = this.#columns[index] as BinnedColumn
      if (column.kind === 'number') this.#scanNumbers(index, column.bins)
      else this.#scanCategories(index)
    }
    return this.#column < 0 ? undefined : this.#best()
  }

  /** The value of a leaf with these sums. */
  leafValue(gradient: number, hessian: number, low: number, high: number): number {
    const { l1, l2 } = this.#rules
    const strength = Math.max(Math.abs(gradient) - l1, 0)
    const value = hessian + l2 > 0 ? (-Math.sign(gradient) * strength) / (hessian + l2) : 0
    return Math.min(Math.max(value, low), high)
  }

  #best(): Split {
    const goesLeft = new Uint8Array(256)
    if (this.#order === undefined) goesLeft.fill(1, 0, this.#cut + 1)
    else for (const bin of this.#order.subarray(0, this.#cut + 1)) goesLeft[bin] = 1
    const left = { gradient: this.#leftGradient, hessian: this.#leftHessian }
    const missingSeen = (this.#node.histogram[this.#column * COLUMN_NUMBERS + 2 * MISSING_BIN + 1] as number) > 0
    if (!missingSeen)
      goesLeft[MISSING_BIN] = Number(2 * left.hessian >= this.#node.hessian) // with the majority
    else if (this.#order === undefined) goesLeft[MISSING_BIN] = Number(this.#missingLeft)
    return { column: this.#column, gain: this.#gain, goesLeft, left }
  }

  #scanNumbers(index: number, bins: number) {
    const { histogram } = this.#node
    const first = index * COLUMN_NUMBERS
    const missingGradient = histogram[first + 2 * MISSING_BIN] as number
    const missingHessian = histogram[first + 2 * MISSING_BIN + 1] as number
    this.#scan(index, bins, 0, 0, false)
    if (missingHessian > 0) {
      this.#scan(index, bins, missingGradient, missingHessian, true)
      this.#consider(index, bins - 1, this.#node.gradient - missingGradient, this.#node.hessian - missingHessian, false)
    }
  }

  /** From the lowest bin upwards, with what is not known on the left or on the right. */
  #scan(index: number, bins: number, gradient: number, hessian: number, missingLeft: boolean) {
    const { histogram, minHessian, gradient: totalGradient, hessian: totalHessian } = this.#node
    const { l1, l2, monotone } = this.#rules
    if (this.#bounded || monotone[index] !== 0) return this.#scanBounded(index, bins, gradient, hessian, missingLeft)
    const parent = score(totalGradient, totalHessian, l1, l2)
    const first = index * COLUMN_NUMBERS
    let leftGradient = gradient
    let leftHessian = hessian
    let best = this.#gain + parent
    let cut = -1
    for (let bin = 0; bin < bins - 1; bin++) {
      const at = first + 2 * bin
      const added = histogram[at + 1] as number
      leftGradient += histogram[at] as number
      if (added === 0) continue // the same rows as before
      leftHessian += added
      if (leftHessian < minHessian) continue
      const rightHessian = totalHessian - leftHessian
      if (rightHessian < minHessian || rightHessian <= 0) break
      const found = score(leftGradient, leftHessian, l1, l2) + score(totalGradient - leftGradient, rightHessian, l1, l2)
      if (found <= best) continue
      best = found
      cut = bin
      this.#leftGradient = leftGradient
      this.#leftHessian = leftHessian
    }
    if (cut >= 0) this.#take(index, cut, best - parent, missingLeft)
  }

  #scanBounded(index: number, bins: number, gradient: number, hessian: number, missingLeft: boolean) {
    const { histogram } = this.#node
    let leftGradient = gradient
    let leftHessian = hessian
    for (let bin = 0; bin < bins - 1; bin++) {
      const at = index * COLUMN_NUMBERS + 2 * bin
      const added = histogram[at + 1] as number
      leftGradient += histogram[at] as number
      if (added === 0) continue
      leftHessian += added
      this.#consider(index, bin, leftGradient, leftHessian, missingLeft)
    }
  }

  #scanCategories(index: number) {
    const { histogram } = this.#node
    const first = index * COLUMN_NUMBERS
    const ratio = (bin: number) =>
      (histogram[first + 2 * bin] as number) / ((histogram[first + 2 * bin + 1] as number) + CATEGORY_SMOOTHING)
    const present: number[] = []
    for (let bin = 0; bin < 256; bin++)
      if (bin !== RARE_BIN && (histogram[first + 2 * bin + 1] as number) > 0) present.push(bin)
    const ascending = Uint8Array.from(present.sort((a, b) => ratio(a) - ratio(b) || a - b))
    for (const order of [ascending, ascending.toReversed()]) {
      let leftGradient = 0
      let leftHessian = 0
      for (let i = 0; i < order.length; i++) {
        const at = first + 2 * (order[i] as number)
        leftGradient += histogram[at] as number
        leftHessian += histogram[at + 1] as number
        if (this.#consider(index, i, leftGradient, leftHessian, false)) this.#order = order
      }
    }
  }

  /** Takes the split when it is allowed and the best so far. */
  #consider(index: number, cut: number, leftGradient: number, leftHessian: number, missingLeft: boolean): boolean {
    const { minHessian, gradient, hessian } = this.#node
    const rightHessian = hessian - leftHessian
    if (leftHessian < minHessian || rightHessian < minHessian || leftHessian <= 0 || rightHessian <= 0) return false
    const gain = this.#gainOf(index, leftGradient, leftHessian, gradient - leftGradient, rightHessian)
    if (!(gain > this.#gain)) return false
    this.#leftGradient = leftGradient
    this.#leftHessian = leftHessian
    this.#take(index, cut, gain, missingLeft)
    return true
  }

  #gainOf(index: number, leftGradient: number, leftHessian: number, rightGradient: number, rightHessian: number) {
    const { gradient, hessian, low, high } = this.#node
    const { l1, l2, monotone } = this.#rules
    const extra = this.#columns[index]?.kind === 'category' ? CATEGORY_SMOOTHING : 0
    const left = this.leafValue(leftGradient, leftHessian + extra, low, high)
    const right = this.leafValue(rightGradient, rightHessian + extra, low, high)
    if ((right - left) * (monotone[index] as number) < 0) return Number.NEGATIVE_INFINITY
    const drop = (g: number, h: number, value: number) =>
      -(2 * g * value + h * value * value + 2 * l1 * Math.abs(value))
    return (
      drop(leftGradient, leftHessian + extra + l2, left) +
      drop(rightGradient, rightHessian + extra + l2, right) -
      drop(gradient, hessian + l2, this.leafValue(gradient, hessian, low, high))
    )
  }

  #take(index: number, cut: number, gain: number, missingLeft: boolean) {
    this.#gain = gain
    this.#column = index
    this.#cut = cut
    this.#missingLeft = missingLeft
    this.#order = undefined
  }
}

/** Twice what the loss falls by when a leaf with these sums takes its best value. */
function score(gradient: number, hessian: number, l1: number, l2: number): number {
  const strength = Math.max(Math.abs(gradient) - l1, 0)
  return (strength * strength) / (hessian + l2)
}
