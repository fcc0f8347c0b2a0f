import { breathe, type TrainingControl } from '../control.ts'
import { type CacheAdapter, cacheSums, zeroShotLogits } from './cache-adapter.ts'
import { cosines } from './cosines.ts'
import { checkEmbeddings, type Embeddings, normaliseEmbeddings } from './embeddings.ts'

export interface TuneOptions extends TrainingControl {
  /** Values of alpha to try; 20 from 0.1 to 10 by default. */
  alphas?: readonly number[]
  /** Values of beta to try; 20 from 0.5 to 50 by default. */
  betas?: readonly number[]
}

export interface TunedCacheAdapter {
  adapter: CacheAdapter
  /** Share of the held-out rows whose class has the largest logit. */
  accuracy: number
  /** Mean of -log of the probability of the held-out rows' class. */
  logLoss: number
}

/**
 * Searches the alpha and beta with the best accuracy on rows that are not in the cache, as the paper does; among equals those
 * with the lowest log loss. What the adapter has now is among what is tried.
 */
export async function tuneCacheAdapter(
  adapter: CacheAdapter,
  heldOut: Embeddings,
  labels: ArrayLike<number>,
  { alphas = geometric(0.1, 10), betas = geometric(0.5, 50), onProgress, signal }: TuneOptions = {},
): Promise<TunedCacheAdapter> {
  checkEmbeddings(heldOut, 'held-out rows')
  if (labels.length !== heldOut.rows) throw new Error(`${heldOut.rows} held-out rows have ${labels.length} labels`)
  const normalised = normaliseEmbeddings(heldOut)
  const zeroShot = zeroShotLogits(adapter, normalised)
  const near = cosines(normalised, adapter.keys)
  let best: TunedCacheAdapter | undefined
  const allBetas = [adapter.beta, ...betas]
  for (const [done, beta] of allBetas.entries()) {
    await breathe(signal)
    const sums = cacheSums(adapter, near, beta)
    for (const alpha of [adapter.alpha, ...alphas]) {
      const judged = judge(sums, zeroShot, alpha, labels, adapter.classes)
      if (best === undefined || isBetter(judged, best)) best = { adapter: { ...adapter, alpha, beta }, ...judged }
    }
    onProgress?.({ stage: 'betas', done: done + 1, total: allBetas.length })
  }
  return best ?? { adapter, accuracy: Number.NaN, logLoss: Number.NaN }
}

type Judged = Omit<TunedCacheAdapter, 'adapter'>

function isBetter(one: Judged, other: Judged): boolean {
  return one.accuracy > other.accuracy || (one.accuracy === other.accuracy && one.logLoss < other.logLoss)
}

function judge(
  sums: Float64Array,
  zeroShot: Float32Array,
  alpha: number,
  labels: ArrayLike<number>,
  classes: number,
): Judged {
  let right = 0
  let loss = 0
  const logits = new Float64Array(classes)
  for (let row = 0; row < labels.length; row++) {
    for (let k = 0; k < classes; k++)
      logits[k] = alpha * (sums[row * classes + k] ?? 0) + (zeroShot[row * classes + k] ?? 0)
    const own = logits[labels[row] ?? -1]
    if (own === undefined) throw new Error(`the label of row ${row} is ${labels[row]}, not one of 0 .. ${classes - 1}`)
    const top = Math.max(...logits)
    right += Number(logits.indexOf(top) === labels[row])
    loss += top + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - top), 0)) - own
  }
  return { accuracy: right / labels.length, logLoss: loss / labels.length }
}

/** Twenty values whose logarithms are evenly spaced. */
function geometric(low: number, high: number): number[] {
  return Array.from({ length: 20 }, (_, i) => low * (high / low) ** (i / 19))
}
