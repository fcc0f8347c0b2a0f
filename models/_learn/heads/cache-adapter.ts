import { rowWeights } from '../weights.ts'
import { cosines, eachCosines } from './cosines.ts'
import { checkEmbeddings, type Embeddings, normaliseEmbeddings, takeEmbeddings } from './embeddings.ts'

/**
 * Tip-Adapter (Zhang et al., 2022, "Tip-Adapter: Training-free adaption of CLIP for few-shot classification"): a cache of
 * labelled embeddings, each of which speaks for its class the louder the nearer it is.
 *
 * logits(x) = alpha x sum over shots of weight x exp(-beta (1 - cos(shot, x))) for the shot's class + zero-shot logits
 */
export interface CacheAdapter {
  classes: number
  /** The shots, scaled to length 1. */
  keys: Embeddings
  /** The class of each shot, 0 .. classes - 1. */
  labels: Int32Array
  weights: Float64Array
  /** How much the cache counts beside the zero-shot logits. */
  alpha: number
  /** How fast a shot's say fades with the distance. */
  beta: number
  /** One row a class: its product with an embedding of length 1 is the zero-shot logit. */
  zeroShot?: Embeddings
}

export interface CacheAdapterOptions {
  classes: number
  /** How much each shot counts; 1 by default. */
  weights?: Float64Array
  /** 1 by default, as is the paper's start. */
  alpha?: number
  /** 5.5 by default, as is the paper's start. */
  beta?: number
  /** What the frozen model knows of the classes: an embedding each, such as of their names, and what cosines with them count. */
  zeroShot?: { prototypes: Embeddings; scale: number }
}

/** Nothing is trained: the shots become keys, their labels values. */
export function createCacheAdapter(
  shots: Embeddings,
  labels: ArrayLike<number>,
  { classes, weights, alpha = 1, beta = 5.5, zeroShot }: CacheAdapterOptions,
): CacheAdapter {
  if (!(Number.isInteger(classes) && classes >= 1)) throw new Error(`there cannot be ${classes} classes`)
  if (!(alpha >= 0 && beta > 0)) throw new Error(`alpha and beta must be positive, got ${alpha} and ${beta}`)
  const keys = { rows: 0, width: shots.width, values: new Float32Array() }
  const empty = { classes, keys, labels: new Int32Array(), weights: new Float64Array(), alpha, beta }
  const adapter = addShots(empty, shots, labels, weights)
  return zeroShot === undefined ? adapter : { ...adapter, zeroShot: scaledPrototypes(zeroShot, adapter) }
}

/** The adapter with more shots, behind those that it has. */
export function addShots(
  adapter: CacheAdapter,
  shots: Embeddings,
  labels: ArrayLike<number>,
  weights?: Float64Array,
): CacheAdapter {
  checkEmbeddings(shots, 'shots')
  const { keys, classes } = adapter
  if (shots.width !== keys.width) throw new Error(`the adapter reads ${keys.width} numbers a row, got ${shots.width}`)
  if (labels.length !== shots.rows) throw new Error(`${shots.rows} shots have ${labels.length} labels`)
  const wrong = Array.from(labels).findIndex((label) => !(Number.isInteger(label) && label >= 0 && label < classes))
  if (wrong >= 0) throw new Error(`the label of row ${wrong} is ${labels[wrong]}, not one of 0 .. ${classes - 1}`)
  return joinShots(adapter, {
    keys: normaliseEmbeddings(shots),
    labels: Int32Array.from(labels),
    weights: rowWeights(weights, shots.rows),
  })
}

/** The adapter without the shots at these places. */
export function removeShots(adapter: CacheAdapter, places: readonly number[]): CacheAdapter {
  const { keys, labels, weights } = adapter
  const wrong = places.find((place) => !(Number.isInteger(place) && place >= 0 && place < keys.rows))
  if (wrong !== undefined) throw new Error(`there is no shot ${wrong}: the adapter has ${keys.rows}`)
  const removed = new Set(places)
  const kept = Array.from(labels, (_, place) => place).filter((place) => !removed.has(place))
  return {
    ...adapter,
    keys: takeEmbeddings(keys, kept),
    labels: Int32Array.from(kept, (place) => labels[place] ?? 0),
    weights: Float64Array.from(kept, (place) => weights[place] ?? 0),
  }
}

/**
 * One adapter from two that learned apart, as in federated learning: it has the shots of both. With the same beta its logits
 * are `1 - share` of the one's plus `share` of the other's; otherwise beta is averaged too.
 */
export function averageCacheAdapters(one: CacheAdapter, other: CacheAdapter, share = 0.5): CacheAdapter {
  if (!(share >= 0 && share <= 1)) throw new Error(`the share must lie between 0 and 1, got ${share}`)
  if (one.classes !== other.classes || one.keys.width !== other.keys.width)
    throw new Error('only adapters of the same classes and embeddings can be averaged')
  const mix = (a: number, b: number) => (1 - share) * a + share * b
  const alpha = mix(one.alpha, other.alpha)
  const weighted = ({ keys, labels, weights, alpha: own }: CacheAdapter, part: number) => {
    const factor = alpha > 0 ? (part * own) / alpha : part
    return { keys, labels, weights: weights.map((weight) => factor * weight) }
  }
  const joined = joinShots({ ...one, ...weighted(one, 1 - share) }, weighted(other, share))
  return { ...joined, alpha, beta: mix(one.beta, other.beta), zeroShot: mixZeroShot(one, other, mix) }
}

/** The logits of each row, class by class. */
export function predictCacheAdapter(adapter: CacheAdapter, embeddings: Embeddings): Float64Array {
  const { classes, keys, alpha, beta } = adapter
  const normalised = normaliseEmbeddings(embeddings)
  const logits = Float64Array.from(zeroShotLogits(adapter, normalised))
  eachCosines(normalised, keys, (first, near) => {
    cacheSums(adapter, near, beta).forEach((sum, i) => {
      const at = first * classes + i
      logits[at] = (logits[at] ?? 0) + alpha * sum
    })
  })
  return logits
}

/** What the cache says before alpha, from the cosines of rows with all shots: rows x classes; nothing without shots. */
export function cacheSums({ classes, labels, weights }: CacheAdapter, near: Float32Array, beta: number): Float64Array {
  const shots = labels.length
  const rows = shots === 0 ? 0 : near.length / shots
  const sums = new Float64Array(rows * classes)
  for (let row = 0; row < rows; row++)
    for (let shot = 0; shot < shots; shot++) {
      const at = row * classes + (labels[shot] as number)
      const affinity = Math.exp(beta * ((near[row * shots + shot] as number) - 1))
      sums[at] = (sums[at] as number) + (weights[shot] as number) * affinity
    }
  return sums
}

/** rows x classes; zeros where the adapter knows nothing of its classes. */
export function zeroShotLogits({ classes, zeroShot }: CacheAdapter, normalised: Embeddings): Float32Array {
  return zeroShot === undefined ? new Float32Array(normalised.rows * classes) : cosines(normalised, zeroShot)
}

type Shots = Pick<CacheAdapter, 'keys' | 'labels' | 'weights'>

function joinShots(adapter: CacheAdapter, { keys, labels, weights }: Shots): CacheAdapter {
  const values = new Float32Array(adapter.keys.values.length + keys.values.length)
  values.set(adapter.keys.values)
  values.set(keys.values, adapter.keys.values.length)
  return {
    ...adapter,
    keys: { rows: adapter.keys.rows + keys.rows, width: keys.width, values },
    labels: Int32Array.from([...adapter.labels, ...labels]),
    weights: Float64Array.from([...adapter.weights, ...weights]),
  }
}

function scaledPrototypes(
  { prototypes, scale }: NonNullable<CacheAdapterOptions['zeroShot']>,
  { classes, keys }: CacheAdapter,
): Embeddings {
  checkEmbeddings(prototypes, 'prototypes')
  if (prototypes.rows !== classes || prototypes.width !== keys.width)
    throw new Error(
      `${classes} classes need as many prototypes of ${keys.width} numbers, got ${prototypes.rows} of ${prototypes.width}`,
    )
  const normalised = normaliseEmbeddings(prototypes)
  return { ...normalised, values: normalised.values.map((value) => value * scale) }
}

function mixZeroShot(
  { zeroShot: one }: CacheAdapter,
  { zeroShot: other }: CacheAdapter,
  mix: (a: number, b: number) => number,
): Embeddings | undefined {
  if (one === undefined && other === undefined) return undefined
  if (one === undefined || other === undefined) throw new Error('either both adapters know the classes or neither')
  return { ...one, values: one.values.map((value, i) => mix(value, other.values[i] ?? 0)) }
}
