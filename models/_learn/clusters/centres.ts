import type { Arena, Block } from '../kernels/arena.ts'
import { copyRow, rangesOf, type TiledRows } from './tiled-rows.ts'

/** The centres of clusters in a kernel's memory, and the sums of the rows that they are the means of. */
export class Centres {
  readonly clusters: number
  readonly dimensions: number
  readonly arena: Arena
  /** Row-major. */
  readonly values: Block<Float32Array>
  /** For each cluster the weighted sum of its rows, then their weight. */
  readonly sums: Block<Float64Array>
  readonly #halfNorms: Block<Float32Array>

  constructor(arena: Arena, start: Float32Array, clusters: number) {
    this.arena = arena
    this.clusters = clusters
    this.dimensions = start.length / clusters
    const even = clusters + (clusters & 1) // the kernel takes centres by two
    this.values = arena.float32(even * this.dimensions)
    this.sums = arena.float64(clusters * (this.dimensions + 1))
    this.#halfNorms = arena.float32(even)
    this.values.values.set(start)
    this.#halfNorms.values.fill(Infinity)
    this.#updateNorms()
  }

  /** Gives each row the label of its nearest centre; how many got another than before. */
  assign(table: TiledRows, labels: Block<Int32Array>): number {
    const { arena, dimensions, clusters } = this
    let changed = 0
    for (const { tile, count } of rangesOf(table)) {
      changed += arena.kernels.assignToNearest(
        ...([table.values.pointer + 32 * tile * dimensions, count, dimensions, this.values.pointer] as const),
        ...([this.#halfNorms.pointer, clusters + (clusters & 1), labels.pointer + 32 * tile] as const),
      )
    }
    return changed
  }

  /** Adds the rows to the sums of their clusters. */
  add(table: TiledRows, labels: Block<Int32Array>) {
    const { arena, dimensions, sums } = this
    for (const { tile, count } of rangesOf(table)) {
      arena.kernels.addToClusters(
        ...([table.values.pointer + 32 * tile * dimensions, count, dimensions] as const),
        ...([table.weights.pointer + 32 * tile, labels.pointer + 32 * tile, sums.pointer] as const),
      )
    }
  }

  /** Writes the squared distance of each row to its own centre; their weighted sum. */
  distances(table: TiledRows, labels: Block<Int32Array>, distances: Block<Float32Array>): number {
    const { arena, dimensions } = this
    let sum = 0
    for (const { tile, count } of rangesOf(table)) {
      sum += arena.kernels.distancesToOwn(
        ...([table.values.pointer + 32 * tile * dimensions, count, dimensions] as const),
        ...([table.weights.pointer + 32 * tile, labels.pointer + 32 * tile] as const),
        ...([this.values.pointer, distances.pointer + 32 * tile] as const),
      )
    }
    return sum
  }

  /** Gives each empty cluster the row that is farthest from its own centre, if one is away from it at all. */
  fillEmpty(table: TiledRows, labels: Block<Int32Array>, distances: Block<Float32Array>) {
    const width = this.dimensions + 1
    const sums = this.sums.values
    const empty = Array.from({ length: this.clusters }, (_, k) => k).filter((k) => sums[k * width + width - 1] === 0)
    if (empty.length === 0) return
    this.distances(table, labels, distances)
    const row = new Float32Array(this.dimensions)
    for (const k of empty) {
      const farthest = indexOfLargest(distances.values, table)
      if (farthest < 0) return
      copyRow(table, farthest, row, 0)
      this.#move(row, table.weights.values[farthest] ?? 0, labels.values[farthest] ?? 0, k)
      labels.values[farthest] = k
      distances.values[farthest] = 0
    }
  }

  /** Sets each centre to the mean of its rows; the squared length of all moves together. */
  update(): number {
    const { clusters, dimensions, values, sums } = this
    let moved = 0
    for (let k = 0; k < clusters; k++) {
      const weight = sums.values[(k + 1) * (dimensions + 1) - 1] as number
      if (!(weight > 0)) continue
      for (let c = 0; c < dimensions; c++) {
        const mean = Math.fround((sums.values[k * (dimensions + 1) + c] as number) / weight)
        moved += (mean - (values.values[k * dimensions + c] as number)) ** 2
        values.values[k * dimensions + c] = mean
      }
    }
    this.#updateNorms()
    return moved
  }

  #move(row: Float32Array, weight: number, from: number, to: number) {
    const width = this.dimensions + 1
    const sums = this.sums.values
    for (let c = 0; c < width; c++) {
      const amount = weight * (c < row.length ? (row[c] as number) : 1)
      sums[from * width + c] = (sums[from * width + c] as number) - amount
      sums[to * width + c] = (sums[to * width + c] as number) + amount
    }
  }

  #updateNorms() {
    const { clusters, dimensions, values } = this
    for (let k = 0; k < clusters; k++) {
      let square = 0
      for (let c = 0; c < dimensions; c++) square += (values.values[k * dimensions + c] as number) ** 2
      this.#halfNorms.values[k] = square / 2
    }
  }
}

/** The row of positive weight that is farthest away; -1 when none is away at all. */
function indexOfLargest(distances: Float32Array, { rows, weights }: TiledRows): number {
  let largest = 0
  let found = -1
  for (let row = 0; row < rows; row++) {
    if (!((distances[row] as number) > largest) || !((weights.values[row] as number) > 0)) continue
    largest = distances[row] as number
    found = row
  }
  return found
}
