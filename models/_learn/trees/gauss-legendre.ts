export interface Quadrature {
  points: Float64Array
  weights: Float64Array
}

/** Points and weights on (0, 1) that integrate every polynomial of degree 2 count - 1 or less exactly. */
export function gaussLegendre(count: number): Quadrature {
  const points = new Float64Array(count)
  const weights = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    let x = -Math.cos((Math.PI * (i + 0.75)) / (count + 0.5))
    let step = 1
    for (let round = 0; round < 50 && Math.abs(step) > 1e-15; round++) {
      const [value, slope] = legendre(count, x)
      step = value / slope
      x -= step
    }
    const [, slope] = legendre(count, x)
    points[i] = (1 + x) / 2
    weights[i] = 1 / ((1 - x * x) * slope * slope)
  }
  return { points, weights }
}

/** The Legendre polynomial of a degree of 1 or more at x inside (-1, 1), and its slope. */
function legendre(degree: number, x: number): [value: number, slope: number] {
  let before = 1
  let value = x
  for (let n = 2; n <= degree; n++) {
    const next = ((2 * n - 1) * x * value - (n - 1) * before) / n
    before = value
    value = next
  }
  return [value, (degree * (before - x * value)) / (1 - x * x)]
}
