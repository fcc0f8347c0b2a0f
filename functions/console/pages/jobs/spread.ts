import type { RowResult } from '../../parts/job-facts.ts'

export interface Bin {
  from: number
  to: number
  count: number
}

const mostBins = 24

/** Numbers in bins of one width, about the square root of how many there are (at most 24); the last bin has both ends. */
export function binsOf(values: readonly number[]): Bin[] {
  if (values.length === 0) return []
  const lowest = values.reduce((a, b) => Math.min(a, b))
  const highest = values.reduce((a, b) => Math.max(a, b))
  if (lowest === highest) return [{ from: lowest - 0.5, to: highest + 0.5, count: values.length }]
  const count = Math.min(mostBins, Math.ceil(Math.sqrt(values.length)))
  const width = (highest - lowest) / count
  const bins = Array.from({ length: count }, (_, i) => ({
    from: lowest + i * width,
    to: i === count - 1 ? highest : lowest + (i + 1) * width,
    count: 0,
  }))
  for (const value of values) {
    const bin = bins[Math.min(count - 1, Math.floor((value - lowest) / width))]
    if (bin) bin.count += 1
  }
  return bins
}

/** How often each class came out, the most frequent first. */
export function countLabels(results: readonly RowResult[]): { label: string; count: number }[] {
  const groups = Map.groupBy(results, ({ label = '' }) => label)
  return [...groups]
    .map(([label, { length: count }]) => ({ label, count }))
    .toSorted((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1))
}

export interface Spread {
  lowest: number
  median: number
  mean: number
  highest: number
}

export function spreadOf(values: readonly number[]): Spread | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  const [lowest] = sorted
  const highest = sorted.at(-1)
  if (lowest === undefined || highest === undefined) return undefined
  const middle = (sorted.length - 1) / 2
  const median = ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2
  return { lowest, median, mean: sorted.reduce((a, b) => a + b) / sorted.length, highest }
}

export type RowOrder = 'asked' | 'highest' | 'lowest'

/** Indices of the rows in an order. */
export function orderRows(results: readonly RowResult[], order: RowOrder): number[] {
  const rows = results.map((_, row) => row)
  const resultOf = (row: number) => results[row]?.value ?? 0
  if (order === 'asked') return rows
  const sign = order === 'highest' ? -1 : 1
  return rows.toSorted((a, b) => sign * (resultOf(a) - resultOf(b)) || a - b)
}

/** Features by which rows can be told apart: those that are not the same everywhere. */
export function varyingFeatures(data: Readonly<Record<string, unknown>>, limit: number): string[] {
  return Object.entries(data)
    .filter(([, column]) => Array.isArray(column) && new Set(column).size > 1)
    .map(([name]) => name)
    .slice(0, limit)
}
