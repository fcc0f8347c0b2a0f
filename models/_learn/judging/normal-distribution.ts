/** The probability that a standard normal number is below x (Marsaglia, "Evaluating the normal distribution", 2004). */
export function normalProbability(x: number): number {
  if (Math.abs(x) > 8.3) return x > 0 ? 1 : 0
  let sum = x
  let term = x
  for (let i = 3, before = 0; sum !== before; i += 2) {
    before = sum
    term *= (x * x) / i
    sum += term
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI)
}

/** The number that a standard normal one is below with the given probability, to 12 digits where that is not extreme. */
export function normalQuantile(probability: number): number {
  if (!(probability >= 0 && probability <= 1)) throw new Error(`${probability} is no probability`)
  if (probability === 0 || probability === 1)
    return probability === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  let low = -8.3
  let high = 8.3
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2
    if (normalProbability(middle) < probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}
