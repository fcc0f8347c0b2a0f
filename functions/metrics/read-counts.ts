import { z } from '@hono/zod-openapi'
import type { Histogram, Measure } from '#shared/measures.ts'
import type { MetricsStore } from '#shared/metrics-store.ts'
import { type Family, type Sample, writeNumber } from './exposition.ts'

/** Of the store: measure, part (a bucket's bound or `sum`; nothing for counters), values of the labels. */
const Field = z.tuple([z.string(), z.string()], z.string())
const Value = z.coerce.number()

interface Series {
  labels: Record<string, string>
  /** By part. */
  values: Map<string, number>
}

/** What all isolates have counted and stored, as families; without those that nothing was counted of. */
export async function readCounts(store: Pick<MetricsStore, 'read'>, measures: readonly Measure[]): Promise<Family[]> {
  const series = groupSeries(await store.read(), new Map(measures.map((it) => [it.name, it])))
  return measures.map((measure) => {
    const all = [...(series.get(measure.name)?.entries() ?? [])]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, it]) => it)
    const samples = all.flatMap((it) =>
      measure.kind === 'histogram'
        ? histogramSamples(measure, it)
        : [{ labels: it.labels, value: it.values.get('') ?? 0 }],
    )
    return { name: measure.name, type: measure.kind, help: measure.help, samples }
  })
}

function groupSeries(stored: Record<string, unknown>, byName: ReadonlyMap<string, Measure>) {
  const families = new Map<string, Map<string, Series>>()
  for (const [text, stored_value] of Object.entries(stored)) {
    const [name, part, ...values] = Field.parse(JSON.parse(text))
    const measure = byName.get(name)
    if (measure?.labels.length !== values.length) continue
    const family = families.get(name) ?? new Map<string, Series>()
    families.set(name, family)
    const key = JSON.stringify(values)
    const labels = Object.fromEntries(measure.labels.map((label, i) => [label, values[i] ?? '']))
    const series = family.get(key) ?? { labels, values: new Map<string, number>() }
    family.set(key, series)
    series.values.set(part, Value.parse(stored_value))
  }
  return families
}

/** Stored buckets count what fell into each; told are sums up to each bound. Of other bounds, once stored, none is lost. */
function histogramSamples({ buckets }: Histogram, { labels, values }: Series): Sample[] {
  const counted = [...values].filter(([part]) => part !== 'sum')
  const upTo = (bound: number) =>
    counted.reduce((sum, [part, value]) => (toBound(part) <= bound ? sum + value : sum), 0)
  const count = upTo(Infinity)
  return [
    ...[...buckets, Infinity].map((bound) => ({
      suffix: '_bucket' as const,
      labels: { ...labels, le: writeNumber(bound) },
      value: upTo(bound),
    })),
    { suffix: '_sum', labels, value: values.get('sum') ?? 0 },
    { suffix: '_count', labels, value: count },
  ]
}

const toBound = (part: string) => (part === '+Inf' ? Infinity : Number(part))
