import { breathe, type TrainingControl } from '../control.ts'
import { createRandom, type Random } from '../random.ts'
import { drawingUnits, drawRows, rowsWithoutParts, type Units } from './bootstrap-draws.ts'
import { meanAndDeviation } from './mean-and-deviation.ts'
import { normalProbability, normalQuantile } from './normal-distribution.ts'
import { rowsWhere } from './splits.ts'

/** A number that rows have together, such as a metric of a model on them. A row may be there many times. */
export type Statistic = (rows: Int32Array) => number

export interface BootstrapOptions extends TrainingControl {
  seed: number
  /** How often rows are drawn: 2000, unless given. */
  repeats?: number
  /** Of the interval, between 0 and 1: 0.95, unless given. */
  coverage?: number
  /** Corrected for bias and acceleration (BCa), unless given; percentiles are cheaper and less exact. */
  method?: 'bca' | 'percentile'
  /** Any number for each row: groups are drawn whole, because their rows are not independent. */
  groups?: ArrayLike<number>
  /** Any number for each row: as many of each are drawn as there are, so that a rare class is never lost. */
  strata?: ArrayLike<number>
}

export interface BootstrapInterval {
  /** Of all rows, once each. */
  estimate: number
  low: number
  high: number
  standardError: number
}

export interface BootstrapComparison extends BootstrapInterval {
  /** Share of the draws where the first statistic is larger, never quite 0 or 1; where they are equal, half counts. */
  firstLarger: number
}

/**
 * The interval of a statistic, from its values on rows drawn with replacement (Efron and Tibshirani, "An introduction to
 * the bootstrap", 1993; chapter 13 is on percentiles, 14 on BCa).
 *
 * @throws Error when the statistic throws or is not finite on a draw; for metrics that need both classes, see `strata`
 */
export async function bootstrapInterval(
  rows: number,
  statistic: Statistic,
  options: BootstrapOptions,
): Promise<BootstrapInterval> {
  return (await bootstrap(rows, statistic, options)).interval
}

/** The interval of the difference of two statistics, such as a metric of two models, on the same draws. */
export async function compareByBootstrap(
  rows: number,
  first: Statistic,
  second: Statistic,
  options: BootstrapOptions,
): Promise<BootstrapComparison> {
  const { interval, values } = await bootstrap(rows, (drawn) => first(drawn) - second(drawn), options)
  return {
    ...interval,
    firstLarger: shareBelow(
      values.map((value) => -value),
      0,
    ),
  }
}

async function bootstrap(rows: number, statistic: Statistic, options: BootstrapOptions) {
  const { coverage = 0.95, repeats = 2000, method = 'bca' } = options
  if (!(coverage > 0 && coverage < 1)) throw new Error(`coverage must lie between 0 and 1, got ${coverage}`)
  if (!(Number.isInteger(repeats) && repeats >= 2)) throw new Error(`repeats must be 2 or more, got ${repeats}`)
  const random = createRandom(options.seed)
  const units = drawingUnits(rows, options.groups, options.strata)
  const estimate = checked(statistic(rowsWhere(rows, () => true)))
  const values = await drawValues(units, statistic, repeats, random, options)
  const bias = method === 'bca' ? normalQuantile(shareBelow(values, estimate)) : 0
  const acceleration = method === 'bca' ? await accelerationOf(units, statistic, random, options) : 0
  const end = (probability: number) => {
    const moved = bias + normalQuantile(probability)
    return quantileOf(values, normalProbability(bias + moved / Math.max(1e-9, 1 - acceleration * moved)))
  }
  const [low, high] = [end((1 - coverage) / 2), end((1 + coverage) / 2)]
  const { sd } = meanAndDeviation(Array.from(values))
  return { values, interval: { estimate, low, high, standardError: sd } }
}

/** Ascending. */
async function drawValues(
  units: Units,
  statistic: Statistic,
  repeats: number,
  random: Random,
  { signal, onProgress }: TrainingControl,
): Promise<Float64Array> {
  const values = new Float64Array(repeats)
  for (let draw = 0; draw < repeats; draw++) {
    if (draw % 32 === 0) await breathe(signal)
    values[draw] = checked(statistic(drawRows(units, random)))
    onProgress?.({ stage: 'draws', done: draw + 1, total: repeats })
  }
  return values.sort()
}

/**
 * How the standard error changes with the statistic: from the skewness of its values with one unit left out at a time or,
 * where there are more than 400, one of 400 random parts.
 */
async function accelerationOf(units: Units, statistic: Statistic, random: Random, { signal }: TrainingControl) {
  const values: number[] = []
  for (const left of rowsWithoutParts(units, 400, random)) {
    if (values.length % 32 === 0) await breathe(signal)
    values.push(left.length === 0 ? 0 : checked(statistic(left)))
  }
  const { mean } = meanAndDeviation(values)
  const squares = values.reduce((sum, value) => sum + (mean - value) ** 2, 0)
  const cubes = values.reduce((sum, value) => sum + (mean - value) ** 3, 0)
  return squares > 0 ? cubes / (6 * squares ** 1.5) : 0
}

function checked(value: number): number {
  if (!Number.isFinite(value)) throw new Error(`the statistic is ${value} on a draw of rows`)
  return value
}

/** Values that are equal count half; never quite 0 or 1, as more draws would find some on the other side. */
function shareBelow(values: Float64Array, bound: number): number {
  let below = 0
  for (const value of values) below += value < bound ? 1 : Number(value === bound) / 2
  const least = 0.5 / values.length
  return Math.min(1 - least, Math.max(least, below / values.length))
}

/** By lines between the sorted values. */
function quantileOf(sorted: Float64Array, probability: number): number {
  const place = probability * (sorted.length - 1)
  const below = sorted[Math.floor(place)] as number
  return below + (place % 1) * ((sorted[Math.ceil(place)] as number) - below)
}
