import type { Block } from '../kernels/arena.ts'
import type { Pointer } from '../kernels/kernels.ts'
import type { Random } from '../random.ts'
import { copyRow, rangesOf, type TiledRows, type TileRange } from './tiled-rows.ts'

/**
 * Draws rows to start from, far from each other: each is drawn by its weighted squared distance to those before it, and is the
 * best of a few such draws (Arthur & Vassilvitskii, 2007, "k-means++: the advantages of careful seeding").
 */
export class KMeansPlusPlus {
  readonly #table: TiledRows
  readonly #ranges: TileRange[]
  /** The squared distance of each row to the nearest centre. */
  readonly #closest: Block<Float32Array>
  /** The weighted sum of them in each range. */
  readonly #sums: Float64Array
  readonly #scratch: Block<Float32Array>

  constructor(table: TiledRows) {
    this.#table = table
    this.#ranges = rangesOf(table)
    this.#closest = table.arena.float32(8 * table.tiles)
    this.#sums = new Float64Array(this.#ranges.length)
    this.#scratch = table.arena.float32(8 * (this.#ranges[0]?.count ?? 0))
  }

  /** As many rows as there shall be clusters, row-major. Where too few differ, some come twice. */
  draw(clusters: number, random: Random): Float32Array {
    const { arena, dimensions } = this.#table
    const centres = new Float32Array(clusters * dimensions)
    const points = Array.from({ length: 2 + Math.floor(Math.log(clusters)) }, () => arena.float32(dimensions))
    this.#setAllEqual()
    for (let k = 0; k < clusters; k++) {
      const tried = k === 0 ? points.slice(0, 1) : points // the first is drawn by weight alone
      for (const { values } of tried) copyRow(this.#table, this.#drawRow(random.next()), values, 0)
      const chosen = this.#best(tried)
      centres.set(chosen.values, k * dimensions)
      if (k === 0) this.#closest.values.fill(Infinity)
      for (const range of this.#ranges) this.#sums[range.index] = this.#lower(range, chosen.pointer)
    }
    return centres
  }

  #setAllEqual() {
    const { rows, weights } = this.#table
    this.#closest.values.fill(1)
    for (const { index, tile, count } of this.#ranges) {
      let sum = 0
      for (let row = 8 * tile; row < Math.min(rows, 8 * (tile + count)); row++) sum += weights.values[row] as number
      this.#sums[index] = sum
    }
  }

  /** The row at a share of the weighted distances. */
  #drawRow(share: number): number {
    const { rows, weights } = this.#table
    let left = share * this.#sums.reduce((sum, part) => sum + part, 0)
    let range = 0
    while (range < this.#sums.length - 1 && left >= (this.#sums[range] as number)) left -= this.#sums[range++] as number
    const { tile, count } = this.#ranges[range] ?? { tile: 0, count: 0 }
    let found = Math.min(rows - 1, Math.floor(share * rows)) // unless no row is away from a centre
    for (let row = 8 * tile; row < 8 * (tile + count); row++) {
      const part = (this.#closest.values[row] as number) * (weights.values[row] as number)
      if (!(part > 0)) continue
      found = row
      left -= part
      if (left < 0) break
    }
    return found
  }

  /** The point that would leave the least distance. */
  #best(points: readonly Block<Float32Array>[]): Block<Float32Array> {
    const totals = new Float64Array(points.length)
    if (points.length > 1)
      for (const range of this.#ranges)
        points.forEach(({ pointer }, t) => {
          totals[t] = (totals[t] ?? 0) + this.#lower(range, pointer, this.#scratch.pointer)
        })
    return points[totals.indexOf(Math.min(...totals))] as Block<Float32Array>
  }

  #lower({ tile, count }: TileRange, point: Pointer, into?: Pointer): number {
    const { arena, dimensions, values, weights } = this.#table
    const closest = this.#closest.pointer + 32 * tile
    return arena.kernels.lowerDistances(
      ...([values.pointer + 32 * tile * dimensions, count, dimensions, weights.pointer + 32 * tile] as const),
      ...([closest, point, into ?? closest] as const),
    )
  }
}
