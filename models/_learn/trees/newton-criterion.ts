import type { Arena } from '../kernels/arena.ts'
import type { Pointer } from '../kernels/kernels.ts'
import { type BinnedColumn, MISSING_BIN, RARE_BIN } from './binning.ts'
import type { Criterion, HistogramKind, Split } from './criterion.ts'

/** Numbers a column in a histogram: a sum of gradients and one of hessians for each of 256 bins. */
const COLUMN_NUMBERS = 512

/** Sums over the rows of a node, and the bounds of its values that monotone splits above it have set. */
export interface NewtonSums {
  gradient: number
  hessian: number
  low: number
  high: number
}

export interface NewtonRules {
  /** Added to the hessian of each side: shrinks leaves. */
  l2: number
  /** Taken from the gradient of each side: makes small leaves nothing. */
  l1: number
  minGain: number
  /** Least weight of rows, and least sum of hessians, on each side. */
  minLeafWeight: number
  minLeafHessian: number
  /** Column by column: 1 when predictions may only rise with it, -1 when they may only fall, 0 when they are free. */
  monotone: Int8Array
}

/** The node that is looked at. */
interface Candidate extends NewtonSums {
  histogram: Float64Array
  /** Least sum of hessians on each side. */
  minHessian: number
}

/** Gains below this share of what there is are rounding. */
const ROUNDING = 1e-12

/** Added to the hessian of a category when categories are put in order, and its penalty: few rows say little. */
const CATEGORY_SMOOTHING = 10

/**
 * The split with the largest gain by the second-order expansion of the loss (Chen & Guestrin 2016, eq. 7). Rows that are not
 * known are tried on both sides; categories are ordered by gradient / hessian first (Fisher 1958). Below a monotone split
 * no side may cross the middle between the two.
 */
export class NewtonCriterion implements Criterion<Float64Array, NewtonSums> {
  readonly histogram: HistogramKind<Float64Array>
  readonly #columns: readonly BinnedColumn[]
  readonly #rules: NewtonRules
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

  /** `pairs` are the gradient and hessian of each row. */
  constructor(arena: Arena, columns: readonly BinnedColumn[], rules: NewtonRules, pairs: Pointer) {
    this.#columns = columns
    this.#rules = rules
    this.histogram = {
      ...({ add: 'addToHistogram', merge: 'addPairs', subtract: 'subtractPairs' } as const),
      addends: pairs,
      bytesPerBin: 16,
      allocate: (bytes) => arena.float64(bytes / 8),
    }
  }

  rootOf(histogram: Float64Array): NewtonSums {
    let gradient = 0
    let hessian = 0
    for (let at = 0; at < COLUMN_NUMBERS; at += 2) {
      gradient += histogram[at] as number
      hessian += histogram[at + 1] as number
    }
    return { gradient, hessian, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }
  }

  occupied(histogram: Float64Array, column: number, bin: number): boolean {
    return (histogram[column * COLUMN_NUMBERS + 2 * bin + 1] as number) > 0
  }

  valueOf({ gradient, hessian, low, high }: NewtonSums): number {
    return this.#leafValue(gradient, hessian, low, high)
  }

  find(histogram: Float64Array, sums: NewtonSums, weight: number, columns: readonly number[]) {
    const { l1, l2, minGain, minLeafWeight, minLeafHessian } = this.#rules
    // Weights are judged by hessians, which a histogram has: exact where all hessians are the weights.
    const minHessian = Math.max(minLeafHessian, ((minLeafWeight * sums.hessian) / weight) * (1 - 1e-9))
    this.#node = { ...sums, histogram, minHessian }
    this.#gain = minGain + score(sums.gradient, sums.hessian, l1, l2) * ROUNDING
    this.#column = -1
    this.#bounded = sums.low > Number.NEGATIVE_INFINITY || sums.high < Number.POSITIVE_INFINITY
    for (const index of columns) {
      const column = this.#columns[index] as BinnedColumn
      if (column.kind === 'number') this.#scanNumbers(index, column.bins)
      else this.#scanCategories(index)
    }
    return this.#column < 0 ? undefined : this.#best()
  }

  /** The value of a leaf with these sums. */
  #leafValue(gradient: number, hessian: number, low: number, high: number): number {
    const { l1, l2 } = this.#rules
    const strength = Math.max(Math.abs(gradient) - l1, 0)
    const value = hessian + l2 > 0 ? (-Math.sign(gradient) * strength) / (hessian + l2) : 0
    return Math.min(Math.max(value, low), high)
  }

  #best(): Split<NewtonSums> {
    const goesLeft = new Uint8Array(256)
    if (this.#order === undefined) goesLeft.fill(1, 0, this.#cut + 1)
    else for (const bin of this.#order.subarray(0, this.#cut + 1)) goesLeft[bin] = 1
    const { histogram, gradient, hessian } = this.#node
    const left = { gradient: this.#leftGradient, hessian: this.#leftHessian }
    const right = { gradient: gradient - left.gradient, hessian: hessian - left.hessian }
    if (!this.occupied(histogram, this.#column, MISSING_BIN))
      goesLeft[MISSING_BIN] = Number(left.hessian >= right.hessian) // with the majority
    else if (this.#order === undefined) goesLeft[MISSING_BIN] = Number(this.#missingLeft)
    return { column: this.#column, gain: this.#gain, goesLeft, ...this.#bound(left, right) }
  }

  #bound(left: Pick<NewtonSums, 'gradient' | 'hessian'>, right: Pick<NewtonSums, 'gradient' | 'hessian'>) {
    const { low, high } = this.#node
    const direction = this.#rules.monotone[this.#column] as number
    if (direction === 0) return { left: { ...left, low, high }, right: { ...right, low, high } }
    const values = [left, right].map((side) => this.#leafValue(side.gradient, side.hessian, low, high))
    const middle = ((values[0] as number) + (values[1] as number)) / 2
    const [below, above] = [
      { low, high: middle },
      { low: middle, high },
    ]
    const [ofLeft, ofRight] = direction > 0 ? [below, above] : [above, below]
    return { left: { ...left, ...ofLeft }, right: { ...right, ...ofRight } }
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
    const left = this.#leafValue(leftGradient, leftHessian + extra, low, high)
    const right = this.#leafValue(rightGradient, rightHessian + extra, low, high)
    if ((right - left) * (monotone[index] as number) < 0) return Number.NEGATIVE_INFINITY
    const drop = (g: number, h: number, value: number) =>
      -(2 * g * value + h * value * value + 2 * l1 * Math.abs(value))
    return (
      drop(leftGradient, leftHessian + extra + l2, left) +
      drop(rightGradient, rightHessian + extra + l2, right) -
      drop(gradient, hessian + l2, this.#leafValue(gradient, hessian, low, high))
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
