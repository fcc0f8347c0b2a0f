/**
 * The value below which a share of the weight lies: the mean of two where their border is met exactly, so that the share 0.5
 * gives the median. NaN is left out, and so is what weighs nothing; NaN where nothing is left.
 */
export function weightedQuantile(values: ArrayLike<number>, weights: Float64Array, share: number): number {
  const order: number[] = []
  let total = 0
  for (let i = 0; i < values.length; i++) {
    const weight = weights[i] as number
    if (Number.isNaN(values[i]) || weight === 0) continue
    order.push(i)
    total += weight
  }
  order.sort((a, b) => (values[a] as number) - (values[b] as number))
  const border = share * total
  let sum = 0
  for (const [place, i] of order.entries()) {
    sum += weights[i] as number
    if (sum < border * (1 - 1e-12)) continue
    const value = values[i] as number
    const next = order[place + 1]
    return next === undefined || sum > border * (1 + 1e-12) ? value : (value + (values[next] as number)) / 2
  }
  return Number.NaN
}
