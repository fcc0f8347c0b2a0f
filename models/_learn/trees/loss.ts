export type LossName = 'squared' | 'absolute' | 'huber'

/** What boosting needs to know about a loss: where to start, which way to go, and how far a leaf goes. */
export interface Loss {
  start(targets: Float64Array): number
  /** Called once a round: the direction in which each prediction should move. */
  directions(residuals: Float64Array): Float64Array
  /** The step of a leaf that holds these residuals, after `directions` of the same round. */
  step(residuals: Float64Array): number
}

/** Huber's loss is squared up to this quantile of the absolute residuals and linear beyond. */
const HUBER_QUANTILE = 0.9

export function createLoss(name: LossName): Loss {
  switch (name) {
    case 'squared':
      return { start: mean, directions: (residuals) => residuals, step: mean }
    case 'absolute':
      return { start: median, directions: (residuals) => residuals.map(Math.sign), step: median }
    case 'huber':
      return huber()
  }
}

function huber(): Loss {
  let delta = 0
  const clip = (value: number) => Math.max(-delta, Math.min(delta, value))
  return {
    start: median,
    directions(residuals) {
      delta = quantile(residuals.map(Math.abs), HUBER_QUANTILE)
      return residuals.map(clip)
    },
    step(residuals) {
      const middle = median(residuals)
      return middle + mean(residuals.map((residual) => clip(residual - middle)))
    },
  }
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function median(values: Float64Array): number {
  const sorted = values.slice().sort()
  const middle = Math.floor(sorted.length / 2)
  const high = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? 0) + high) / 2
}

function quantile(values: Float64Array, share: number): number {
  const sorted = values.slice().sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}
