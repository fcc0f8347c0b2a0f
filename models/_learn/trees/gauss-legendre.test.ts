import { expect, test } from 'vitest'
import { gaussLegendre } from './gauss-legendre.ts'

test('one point lies in the middle, two at 1/2 -+ 1/sqrt(12)', () => {
  expect(gaussLegendre(1)).toEqual({ points: Float64Array.of(0.5), weights: Float64Array.of(1) })
  const { points, weights } = gaussLegendre(2)
  expect(points[0]).toBeCloseTo(0.5 - 1 / Math.sqrt(12), 15)
  expect(points[1]).toBeCloseTo(0.5 + 1 / Math.sqrt(12), 15)
  expect(weights[1]).toBeCloseTo(0.5, 15)
})

test.each([1, 2, 5, 16, 40])('%i points integrate every power up to twice their number exactly', (count) => {
  const { points, weights } = gaussLegendre(count)
  for (let power = 0; power < 2 * count; power++) {
    const integral = points.reduce((sum, t, i) => sum + (weights[i] ?? 0) * t ** power, 0)
    expect(integral).toBeCloseTo(1 / (power + 1), 14)
  }
})
