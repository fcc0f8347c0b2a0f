import { type BinnedColumn, MISSING_BIN } from './binning.ts'
import type { Split } from './criterion.ts'
import type { Tree } from './tree.ts'

/** Largest number of 32 bits: everything that is known goes left. */
const EVERYTHING = 3.4028234663852886e38

type BinSplit = Pick<Split<unknown>, 'column' | 'goesLeft'>

/** Collects the nodes of a tree that grows on bins, and turns bins into what they hold. */
export class TreeBuilder {
  /** By node. */
  readonly splits = new Map<number, BinSplit>()
  readonly #columns: readonly BinnedColumn[]
  readonly #feature: number[] = []
  readonly #threshold: number[] = []
  readonly #left: number[] = []
  readonly #right: number[] = []
  readonly #missingLeft: number[] = []
  readonly #value: number[] = []
  readonly #cover: number[] = []
  readonly #categories = new Map<number, Int32Array>()

  constructor(columns: readonly BinnedColumn[]) {
    this.#columns = columns
  }

  /** @returns the number of the node */
  addLeaf(value: number, cover: number): number {
    this.#feature.push(-1)
    this.#threshold.push(0)
    this.#left.push(0)
    this.#right.push(0)
    this.#missingLeft.push(0)
    this.#value.push(value)
    this.#cover.push(cover)
    return this.#feature.length - 1
  }

  /** Turns a leaf into an inner node. `split.goesLeft` is made to say where bins go that no row of the node is in. */
  addSplit(node: number, split: BinSplit, occupied: (bin: number) => boolean) {
    const { column, goesLeft } = split
    const binned = this.#columns[column] as BinnedColumn
    this.splits.set(node, split)
    this.#feature[node] = column
    this.#missingLeft[node] = goesLeft[MISSING_BIN] as number
    if (binned.kind === 'category') {
      this.#categories.set(node, binned.codes.filter((_, bin) => goesLeft[bin] === 1).sort())
      return
    }
    const cut = chooseCut(binned.cuts, goesLeft, occupied)
    goesLeft.fill(1, 0, cut + 1)
    this.#threshold[node] = binned.cuts[cut] ?? EVERYTHING
  }

  join(node: number, left: number, right: number) {
    this.#left[node] = left
    this.#right[node] = right
  }

  finish(): Tree {
    return {
      feature: Int32Array.from(this.#feature),
      threshold: Float64Array.from(this.#threshold),
      left: Int32Array.from(this.#left),
      right: Int32Array.from(this.#right),
      missingLeft: Uint8Array.from(this.#missingLeft),
      ...(this.#categories.size > 0 && { categories: this.#categories }),
      output: 0,
      width: 1,
      value: Float64Array.from(this.#value),
      cover: Float64Array.from(this.#cover),
    }
  }
}

/**
 * The cut nearest to the middle between the last bin that goes left and the next one with rows in it: bins between them
 * are empty here, and every one of their cuts divides the node's rows alike.
 */
function chooseCut(cuts: Float32Array, goesLeft: Uint8Array, occupied: (bin: number) => boolean): number {
  const first = goesLeft.lastIndexOf(1, cuts.length)
  let next = first + 1
  while (next < cuts.length && !occupied(next)) next++
  if (first >= cuts.length || next - first < 2) return first
  const middle = ((cuts[first] as number) + (cuts[next - 1] as number)) / 2
  let best = first
  for (let cut = first; cut < next; cut++)
    if (Math.abs((cuts[cut] as number) - middle) < Math.abs((cuts[best] as number) - middle)) best = cut
  return best
}
