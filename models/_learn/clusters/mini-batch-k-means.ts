import { breathe, type TrainingControl } from '../control.ts'
import { Arena } from '../kernels/arena.ts'
import { type Matrix, take, takeRows } from '../matrix.ts'
import { createRandom, permutation } from '../random.ts'
import { Centres } from './centres.ts'
import { ColumnFeed } from './column-feed.ts'
import { checkClusters, type KMeansModel } from './k-means.ts'
import { KMeansPlusPlus } from './k-means-plus-plus.ts'
import { fitMixedSpace, type MixedSpaceOptions } from './mixed-space.ts'
import { placeRows } from './place-rows.ts'
import { loadWeights } from './row-weights.ts'
import { allocateRows, type TiledRows } from './tiled-rows.ts'

export interface MiniBatchOptions extends MixedSpaceOptions, TrainingControl {
  clusters: number
  seed: number
  /** How much each row counts. */
  weights?: Float64Array
  /** Rows a step; 1,024 by default. */
  batchSize?: number
  /** Most passes over the rows; 100 by default. */
  epochs?: number
  /** Steps without a lower smoothed inertia before it stops; 10 by default. */
  patience?: number
}

/**
 * k-means by small batches of rows (Sculley, 2010, "Web-scale k-means clustering"): a centre is the mean of all rows that were
 * assigned to it so far, so that it moves less and less. It needs hardly any memory beside the table, as only a batch is ever
 * copied, for an inertia that is often higher than that of `fitKMeans`. Categories, missing values and errors are the same.
 */
export async function fitMiniBatchKMeans(matrix: Matrix, options: MiniBatchOptions): Promise<KMeansModel> {
  const { clusters, batchSize = 1_024, epochs = 100, patience = 10 } = options
  const { rows } = matrix
  if (!Number.isInteger(batchSize) || batchSize < 1) throw new Error(`a batch must hold a row, got ${batchSize}`)
  checkClusters(clusters, rows)
  const arena = new Arena()
  const { weights } = loadWeights(arena, options.weights, rows)
  const feed = new ColumnFeed(arena)
  const { space } = fitMixedSpace(feed, matrix, weights, options)
  const place = (chosen: Int32Array, table: TiledRows) => {
    placeRows(feed, space, takeRows(matrix, chosen), table)
    table.weights.values.set(take(weights.values, chosen))
  }
  const random = createRandom(options.seed)
  const sample = permutation(rows, random).slice(0, 3 * Math.max(clusters, batchSize))
  const seeds = allocateRows(arena, sample.length, space.dimensions)
  place(sample, seeds)
  const centres = new Centres(arena, new KMeansPlusPlus(seeds).draw(clusters, random), clusters)
  const batch = allocateRows(arena, Math.min(batchSize, rows), space.dimensions)
  const chosen = new Int32Array(batch.rows)
  const move = createStep(centres, batch)
  const isStale = createPatience(patience, Math.min(1, (2 * batch.rows) / (rows + 1)))
  const steps = Math.ceil((epochs * rows) / batch.rows)
  for (let done = 0; done < steps; done++) {
    if (done % 16 === 0) await breathe(options.signal)
    for (let i = 0; i < chosen.length; i++) chosen[i] = random.integer(rows)
    place(chosen, batch)
    const inertia = move()
    options.onProgress?.({ stage: 'batches', done: done + 1, total: steps })
    if (isStale(inertia)) break
  }
  return { clusters, space, centres: Float32Array.from(centres.values.values.subarray(0, clusters * space.dimensions)) }
}

/** Tells when a smoothed inertia, of which each new one is a share, was not the least for too many times. */
function createPatience(patience: number, share: number): (inertia: number) => boolean {
  let smoothed = Number.NaN
  let least = Infinity
  let stale = 0
  return (inertia) => {
    smoothed = Number.isNaN(smoothed) ? inertia : smoothed + share * (inertia - smoothed)
    stale = smoothed < least ? 0 : stale + 1
    least = Math.min(least, smoothed)
    return stale >= patience
  }
}

/** Moves the centres by what is in the batch; the inertia that the batch had before. */
function createStep(centres: Centres, batch: TiledRows): () => number {
  const labels = batch.arena.int32(8 * batch.tiles)
  const distances = batch.arena.float32(8 * batch.tiles)
  return () => {
    centres.assign(batch, labels)
    const inertia = centres.distances(batch, labels, distances)
    centres.add(batch, labels)
    centres.fillEmpty(batch, labels, distances)
    centres.update()
    return inertia
  }
}
