import type { Random } from '../random.ts'

/** Draws few of many rows without replacement, each draw by the rows' weights. */
export class RowSampler {
  /** How many rows may be drawn. */
  readonly available: number
  readonly #rows: Int32Array
  /** The sum of the weights up to each row; absent where all count alike. */
  readonly #sums: Float64Array | undefined

  constructor(rows: number, weights?: Float64Array) {
    const all = Int32Array.from({ length: rows }, (_, row) => row)
    this.#rows = weights === undefined ? all : all.filter((row) => (weights[row] as number) > 0)
    this.available = this.#rows.length
    if (weights === undefined) return
    let sum = 0
    this.#sums = Float64Array.from(this.#rows, (row) => (sum += weights[row] as number))
  }

  /** `count` rows, or fewer where a few heavy rows come up again and again. */
  draw(count: number, random: Random): Int32Array {
    if (count >= this.available) return this.#rows.slice()
    return this.#sums === undefined ? this.#drawAlike(count, random) : this.#drawByWeight(count, this.#sums, random)
  }

  /** The first steps of a shuffle, which go on where the last draw's ended. */
  #drawAlike(count: number, random: Random): Int32Array {
    const rows = this.#rows
    for (let i = 0; i < count; i++) {
      const other = i + random.integer(rows.length - i)
      const row = rows[other] as number
      rows[other] = rows[i] as number
      rows[i] = row
    }
    return rows.slice(0, count)
  }

  #drawByWeight(count: number, sums: Float64Array, random: Random): Int32Array {
    const drawn = new Set<number>()
    const total = sums[sums.length - 1] as number
    for (let tries = 0; drawn.size < count && tries < MOST_TRIES * count; tries++)
      drawn.add(this.#rows[firstAbove(sums, random.next() * total)] as number)
    return Int32Array.from(drawn)
  }
}

const MOST_TRIES = 64

function firstAbove(sums: Float64Array, value: number): number {
  let low = 0
  let high = sums.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sums[middle] as number) > value) high = middle
    else low = middle + 1
  }
  return low
}
