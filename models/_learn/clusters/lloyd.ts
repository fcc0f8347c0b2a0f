import { breathe, type TrainingControl } from '../control.ts'
import type { Block } from '../kernels/arena.ts'
import { Centres } from './centres.ts'
import type { TiledRows } from './tiled-rows.ts'

export interface Clustering {
  /** Row-major. */
  centres: Float32Array
  labels: Int32Array
  inertia: number
  iterations: number
}

export interface LloydOptions extends TrainingControl {
  iterations: number
  /** Stop when the squared moves of the centres are less together. */
  enough: number
}

/** Rounds of assigning rows to centres and moving the centres to their means (Lloyd, 1982). */
export class Lloyd {
  readonly #table: TiledRows
  readonly #options: LloydOptions
  readonly #labels: Block<Int32Array>
  readonly #distances: Block<Float32Array>

  constructor(table: TiledRows, options: LloydOptions) {
    this.#table = table
    this.#options = options
    this.#labels = table.arena.int32(8 * table.tiles)
    this.#distances = table.arena.float32(8 * table.tiles)
  }

  async run(start: Float32Array, clusters: number): Promise<Clustering> {
    const { iterations: most, enough, signal, onProgress } = this.#options
    const centres = new Centres(this.#table.arena, start, clusters)
    this.#labels.values.fill(-1)
    let iterations = 0
    let settled = false
    for (let moved = Infinity; iterations < most && !settled && moved > enough; iterations++) {
      await breathe(signal)
      settled = centres.assign(this.#table, this.#labels) === 0
      centres.sums.values.fill(0)
      centres.add(this.#table, this.#labels)
      centres.fillEmpty(this.#table, this.#labels, this.#distances)
      moved = centres.update()
      onProgress?.({ stage: 'rounds', done: iterations + 1, total: most })
    }
    if (!settled) centres.assign(this.#table, this.#labels)
    const inertia = centres.distances(this.#table, this.#labels, this.#distances)
    const labels = Int32Array.from(this.#labels.values.subarray(0, this.#table.rows)) // out of the shared memory
    return { centres: Float32Array.from(centres.values.values.subarray(0, start.length)), labels, inertia, iterations }
  }
}
