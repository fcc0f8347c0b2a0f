import type { TrainingControl } from '../control.ts'
import { Arena } from '../kernels/arena.ts'
import type { Matrix } from '../matrix.ts'
import { createRandom } from '../random.ts'
import { Centres } from './centres.ts'
import { ColumnFeed } from './column-feed.ts'
import { KMeansPlusPlus } from './k-means-plus-plus.ts'
import { type Clustering, Lloyd } from './lloyd.ts'
import { checkShape, fitMixedSpace, type MixedSpace, type MixedSpaceOptions } from './mixed-space.ts'
import { placeRows } from './place-rows.ts'
import { loadWeights } from './row-weights.ts'
import { allocateRows, copyRow, type TiledRows } from './tiled-rows.ts'

export interface KMeansModel {
  clusters: number
  space: MixedSpace
  /** Where the centres lie in the space: `clusters` rows of `space.dimensions` numbers. */
  centres: Float32Array
}

export interface FittedKMeans extends KMeansModel {
  /** The cluster of each row. */
  labels: Int32Array
  /** The weighted sum of the squared distances of the rows to their centres. */
  inertia: number
  /** Rounds of assigning and averaging. */
  iterations: number
}

export interface KMeansOptions extends MixedSpaceOptions, TrainingControl {
  clusters: number
  seed: number
  /** How much each row counts. */
  weights?: Float64Array
  /** Most rounds; 300 by default. */
  iterations?: number
  /** Stop when the centres move less than this, squared, as a share of the mean variance; 1e-4 by default. */
  tolerance?: number
  /** Starts of which the one with the least inertia is kept; 1 by default. */
  runs?: number
  /** Rows to start from, one a cluster, instead of those that k-means++ draws. */
  start?: Matrix
}

/**
 * k-means (Lloyd, 1982, "Least squares quantization in PCM") from greedy k-means++ seeds, on numbers and categories. A category
 * is a dimension of its own, so long that another category costs `gamma` (as in Huang, 1998, "Extensions to the k-means
 * algorithm for clustering large data sets with categorical values"), and a centre holds shares of categories. A missing number
 * counts as the column's mean, a missing category as the commonest. A cluster that falls empty takes the row that is farthest
 * from its centre.
 *
 * @throws Error that names the cell, column or option that is wrong, or the signal's reason
 */
export async function fitKMeans(matrix: Matrix, options: KMeansOptions): Promise<FittedKMeans> {
  const { clusters, iterations = 300, tolerance = 1e-4, runs = 1, start } = options
  checkClusters(clusters, matrix.rows)
  const arena = new Arena()
  const { weights, mean } = loadWeights(arena, options.weights, matrix.rows)
  const feed = new ColumnFeed(arena)
  const { space, variance } = fitMixedSpace(feed, matrix, weights, options)
  const table = allocateRows(arena, matrix.rows, space.dimensions, weights)
  placeRows(feed, space, matrix, table)
  const random = createRandom(options.seed)
  const lloyd = new Lloyd(table, { ...options, iterations, enough: tolerance * variance })
  if (start) return fitted(await lloyd.run(placeStart(space, start, clusters), clusters))
  const seeding = new KMeansPlusPlus(table)
  let best = await lloyd.run(seeding.draw(clusters, random), clusters)
  for (let run = 1; run < runs; run++) {
    const found = await lloyd.run(seeding.draw(clusters, random), clusters)
    if (found.inertia < best.inertia) best = found
  }
  return fitted(best)

  function fitted(found: Clustering): FittedKMeans {
    return { clusters, space, ...found, inertia: found.inertia * mean }
  }
}

/** The cluster of each row: that of the nearest centre. */
export function predictKMeans({ clusters, space, centres: places }: KMeansModel, matrix: Matrix): Int32Array {
  checkShape(matrix, space.columns)
  const arena = new Arena()
  const batch = allocateRows(arena, Math.min(matrix.rows, 8_192), space.dimensions)
  const centres = new Centres(arena, places, clusters)
  const labels = arena.int32(8 * batch.tiles)
  const feed = new ColumnFeed(arena)
  const answers = new Int32Array(matrix.rows)
  for (let first = 0; first < matrix.rows; first += batch.rows) {
    const part = rowsFrom(matrix, first, batch.rows)
    placeRows(feed, space, part, batch, first)
    centres.assign(batch, labels)
    answers.set(labels.values.subarray(0, part.rows), first)
  }
  return answers
}

/** The distance of each row to each centre, `[rows, clusters]`: the root of the sum of squares. */
export function distancesToCentres({ clusters, space, centres }: KMeansModel, matrix: Matrix): Float32Array {
  checkShape(matrix, space.columns)
  const { dimensions } = space
  const table = tileRows(space, matrix)
  const place = new Float32Array(dimensions)
  const distances = new Float32Array(matrix.rows * clusters)
  for (let row = 0; row < matrix.rows; row++) {
    copyRow(table, row, place, 0)
    for (let k = 0; k < clusters; k++) {
      let square = 0
      for (let c = 0; c < dimensions; c++)
        square += ((place[c] as number) - (centres[k * dimensions + c] as number)) ** 2
      distances[row * clusters + k] = Math.sqrt(square)
    }
  }
  return distances
}

/** @throws Error when there cannot be so many clusters */
export function checkClusters(clusters: number, rows: number) {
  if (rows === 0) throw new Error('there are no rows to make clusters of')
  if (!Number.isInteger(clusters) || clusters < 1 || clusters > rows)
    throw new Error(`${rows} rows make 1 to ${rows} clusters, not ${clusters}`)
}

function placeStart(space: MixedSpace, start: Matrix, clusters: number): Float32Array {
  checkShape(start, space.columns)
  if (start.rows !== clusters) throw new Error(`${clusters} clusters start from as many rows, got ${start.rows}`)
  const table = tileRows(space, start)
  const places = new Float32Array(clusters * space.dimensions)
  for (let k = 0; k < clusters; k++) copyRow(table, k, places, k * space.dimensions)
  return places
}

function tileRows(space: MixedSpace, matrix: Matrix): TiledRows {
  const table = allocateRows(new Arena(), matrix.rows, space.dimensions)
  placeRows(new ColumnFeed(table.arena), space, matrix, table)
  return table
}

function rowsFrom({ rows, columns }: Matrix, first: number, most: number): Matrix {
  const last = Math.min(rows, first + most)
  return { rows: last - first, columns: columns.map((column) => column.subarray(first, last)) }
}
