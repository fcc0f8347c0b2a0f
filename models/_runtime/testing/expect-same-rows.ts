import { expect } from 'vitest'
import type { PredictedRow } from '../read-rows.ts'

/** Two runtimes agree when all their numbers do, relative to the prediction that they are parts of. */
export function expectSameRows(actual: readonly PredictedRow[], expected: readonly PredictedRow[], tolerance = 1e-5) {
  expect(actual).toHaveLength(expected.length)
  expect(largestDifference(actual, expected)).toBeLessThanOrEqual(tolerance)
}

export function largestDifference(actual: readonly PredictedRow[], expected: readonly PredictedRow[]): number {
  const differences = expected.flatMap((row, i) => {
    const other = numbersOf(actual[i])
    return Object.entries(numbersOf(row)).map(
      ([name, number]) => Math.abs((other[name] ?? Number.NaN) - number) / Math.abs(row.value),
    )
  })
  return differences.some(Number.isNaN) ? Number.NaN : Math.max(...differences)
}

function numbersOf(row: PredictedRow | undefined): Record<string, number> {
  if (row === undefined) return {}
  const { value, interval, contributions, probabilities } = row
  return {
    ...contributions,
    ...probabilities,
    ...(interval && { '/lower': interval.lower, '/upper': interval.upper }),
    '/value': value,
  }
}
