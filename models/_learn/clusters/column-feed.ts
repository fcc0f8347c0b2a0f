import type { Arena, Block } from '../kernels/arena.ts'
import { RANGE_TILES, type TiledRows } from './tiled-rows.ts'

const RANGE = 8 * RANGE_TILES

export type Column = Float64Array | Float32Array

/** Hands columns to kernels, as floats, a range of rows at a time. */
export class ColumnFeed {
  readonly #arena: Arena
  readonly #values: Block<Float32Array>
  readonly #sums: Block<Float64Array>

  constructor(arena: Arena) {
    this.#arena = arena
    this.#values = arena.float32(RANGE)
    this.#sums = arena.float64(3)
  }

  /** The weight of what is known of a column, its mean and its variance. */
  moments(column: Column, weights: Block<Float32Array>): [total: number, mean: number, variance: number] {
    const [total, sum] = this.#addMoments(column, weights, 0)
    const mean = sum / total
    const [, , squares] = this.#addMoments(column, weights, mean)
    return [total, mean, squares / total]
  }

  /** Writes (value - offset) x scale of a column to one dimension of a table, 0 where the value is NaN; false if not finite. */
  place(column: Column, offset: number, scale: number, table: TiledRows, dimension: number): boolean {
    let infinite = 0
    for (let first = 0; first < column.length; first += RANGE) {
      const rows = this.#load(column, first)
      infinite |= this.#arena.kernels.placeColumn(
        ...([this.#values.pointer, Math.ceil(rows / 8), offset, scale] as const),
        ...([table.values.pointer + 4 * first * table.dimensions, table.dimensions, dimension] as const),
      )
    }
    return infinite === 0
  }

  #addMoments(column: Column, weights: Block<Float32Array>, centre: number): [number, number, number] {
    const sums = this.#sums.values.fill(0)
    for (let first = 0; first < column.length; first += RANGE) {
      const rows = this.#load(column, first)
      this.#arena.kernels.addMoments(
        ...([this.#values.pointer, weights.pointer + 4 * first, Math.ceil(rows / 4)] as const),
        ...([centre, this.#sums.pointer] as const),
      )
    }
    return [sums[0] ?? 0, sums[1] ?? 0, sums[2] ?? 0]
  }

  /** Copies a range, NaN after the last row; how many rows it has. */
  #load(column: Column, first: number): number {
    const part = column.subarray(first, first + RANGE)
    this.#values.values.set(part)
    this.#values.values.fill(Number.NaN, part.length, Math.min(RANGE, part.length + 8))
    return part.length
  }
}
