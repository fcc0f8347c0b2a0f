import { expect } from 'vitest'
import type { PredictedRow } from '../read-rows.ts'

/** Two runtimes agree when all their numbers do, relative to the prediction that they are parts of. */
export function expectSameRows(actual: readonly PredictedRow[], expected: readonly PredictedRow[], tolerance = 1e-5) {
  expect(actual).toHaveLength(expected.length)
  expect(largestDifference(actual, expected)).toBeLessThanOrEqual(tolerance)
}

export function largestDifference(actual: readonly PredictedRow[], expected: readonly PredictedRow[]): number {
  const differences = expected.flatMap((row, i) => {
    const other = actual[i]
    const pairs: [number | undefined, number][] = [
      [other?.value, row.value],
      [other?.interval.lower, row.interval.lower],
      [other?.interval.upper, row.interval.upper],
      ...Object.entries(row.contributions).map(([name, value]): [number | undefined, number] => [
        other?.contributions[name],
        value,
      ]),
    ]
    return pairs.map(([a, b]) => Math.abs((a ?? Number.NaN) - b) / Math.abs(row.value))
  })
  return differences.some(Number.isNaN) ? Number.NaN : Math.max(...differences)
}
