import { createRoute, z } from '@hono/zod-openapi'
import { secured } from '#shared/identity.ts'
import { problems } from '#shared/problem.ts'
import { requestCounter, requestSeconds } from '#shared/request-metrics.ts'
import type { Family, Sample } from './exposition.ts'
import { quantile } from './quantile.ts'
import { readCounts } from './read-counts.ts'
import type { MetricsApp } from './services.ts'

const seconds = z.number().nullable().openapi({ description: 'Estimated from the histogram; null without a request' })

export const OperationView = z
  .object({
    function: z.string(),
    operation: z.string().openapi({ description: '`operationId`, or the route of what is no part of the API' }),
    requests: z.number().int(),
    client_errors: z.number().int().openapi({ description: 'Answered by 4xx' }),
    server_errors: z.number().int().openapi({ description: 'Answered by 5xx' }),
    mean_seconds: seconds,
    p50_seconds: seconds,
    p95_seconds: seconds,
    p99_seconds: seconds,
  })
  .openapi('OperationMetrics')

const listOperations = createRoute({
  operationId: 'listOperations',
  method: 'get',
  path: '/metrics/operations',
  tags: ['Operation'],
  summary: 'How often every operation was asked for, and how long it took',
  description: 'Since counting began. What happened in some span of time, Prometheus tells.',
  ...secured('admin'),
  responses: {
    200: {
      description: 'Busiest first',
      content: { 'application/json': { schema: z.object({ items: z.array(OperationView) }) } },
    },
    ...problems(401, 403),
  },
})

export function registerListOperations(app: MetricsApp) {
  app.openapi(listOperations, async (c) => {
    const [requests, durations] = await readCounts(c.get('ctx').store, [requestCounter, requestSeconds])
    c.header('cache-control', 'no-store')
    return c.json({ items: toOperations(requests, durations) }, 200)
  })
}

function toOperations(requests: Family | undefined, durations: Family | undefined): z.infer<typeof OperationView>[] {
  const keyOf = ({ labels }: Sample) => JSON.stringify([labels.function, labels.operation])
  const timed = Map.groupBy(durations?.samples ?? [], keyOf)
  return [...Map.groupBy(requests?.samples ?? [], keyOf)]
    .map(([key, samples]) => toView(samples, timed.get(key) ?? []))
    .sort((a, b) => b.requests - a.requests || a.operation.localeCompare(b.operation))
}

function toView(requests: readonly Sample[], durations: readonly Sample[]): z.infer<typeof OperationView> {
  const answered = (status: string) => requests.find(({ labels }) => labels.status === status)?.value ?? 0
  const total = (suffix: Sample['suffix']) => durations.find((it) => it.suffix === suffix)?.value ?? 0
  const buckets = durations
    .filter(({ suffix }) => suffix === '_bucket')
    .map(({ labels: { le = '' }, value }) => ({ bound: le === '+Inf' ? Infinity : Number(le), cumulativeCount: value }))
  return {
    function: requests[0]?.labels.function ?? '',
    operation: requests[0]?.labels.operation ?? '',
    requests: requests.reduce((sum, { value }) => sum + value, 0),
    client_errors: answered('4xx'),
    server_errors: answered('5xx'),
    mean_seconds: total('_count') === 0 ? null : total('_sum') / total('_count'),
    p50_seconds: quantile(buckets, 0.5) ?? null,
    p95_seconds: quantile(buckets, 0.95) ?? null,
    p99_seconds: quantile(buckets, 0.99) ?? null,
  }
}
