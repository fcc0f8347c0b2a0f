import type { Value } from '../../parts/job-facts.ts'

/** One line of a comparison: the same thing of both jobs, where they have it. */
export interface Compared<Entry> {
  name: string
  first: Entry | undefined
  second: Entry | undefined
  isDifferent: boolean
}

/** Lays two records side by side, in the order of the first; what only the second has comes last. */
export function compareRecords<Entry extends Value>(
  first: Readonly<Record<string, Entry>>,
  second: Readonly<Record<string, Entry>>,
): Compared<Entry>[] {
  const names = new Set([...Object.keys(first), ...Object.keys(second)])
  return [...names].map((name) => ({
    name,
    first: first[name],
    second: second[name],
    isDifferent: first[name] !== second[name],
  }))
}

/** The lines that matter most: where one of both is far from zero. */
export function strongest(lines: readonly Compared<number>[], limit: number): Compared<number>[] {
  const strength = ({ first = 0, second = 0 }: Compared<number>) => Math.max(Math.abs(first), Math.abs(second))
  return lines
    .filter((line) => strength(line) > 0)
    .toSorted((a, b) => strength(b) - strength(a))
    .slice(0, limit)
}

/** How far the second is from the first, and in parts of the first where that means something. */
export function changeBetween(first: number, second: number): { absolute: number; relative: number | undefined } {
  const absolute = second - first
  return { absolute, relative: first === 0 ? undefined : absolute / Math.abs(first) }
}

/** Names in the order of the form; what the form does not know comes last. */
export function featureOrder(names: readonly string[], form: readonly string[]): string[] {
  const known = form.filter((name) => names.includes(name))
  return [...known, ...names.filter((name) => !known.includes(name))]
}
