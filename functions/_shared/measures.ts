/** Something that only grows, such as requests. Its labels have few values each: every combination is a series. */
export interface Counter<Label extends string = string> {
  kind: 'counter'
  /** As Prometheus names it: `auspex_..._total`. */
  name: string
  help: string
  labels: readonly Label[]
}

/** How values are spread, such as durations in seconds. */
export interface Histogram<Label extends string = string> {
  kind: 'histogram'
  name: string
  help: string
  labels: readonly Label[]
  /** Upper bounds, rising; what is above the last one counts in `+Inf`. */
  buckets: readonly number[]
}

export type Measure = Counter | Histogram

export function counter<Label extends string>(name: string, help: string, labels: readonly Label[]): Counter<Label> {
  return { kind: 'counter', name, help, labels }
}

export function histogram<Label extends string>(
  name: string,
  help: string,
  labels: readonly Label[],
  buckets: readonly number[] = secondsBuckets,
): Histogram<Label> {
  return { kind: 'histogram', name, help, labels, buckets }
}

/** Seconds, as Prometheus's own libraries have them: from a quick answer to one that somebody gave up on. */
export const secondsBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
