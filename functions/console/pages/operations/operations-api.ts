import type { z } from '@hono/zod-openapi'
import { useQuery } from '@tanstack/react-query'
import type { ErrorView } from '../../../metrics/error-view.ts'
import type { ErrorDetail } from '../../../metrics/get-error.ts'
import type { OperationView } from '../../../metrics/list-operations.ts'
import type { UsageView } from '../../../metrics/usage-view.ts'
import { call } from '../../api/call.ts'

export type Usage = z.infer<typeof UsageView>
export type Operation = z.infer<typeof OperationView>
export type ErrorKind = z.infer<typeof ErrorView>
export type ErrorKindDetail = z.infer<typeof ErrorDetail>

export const operationKeys = {
  usage: (days: number) => ['operations', 'usage', days] as const,
  all: ['operations', 'all'] as const,
  errors: ['operations', 'errors'] as const,
  error: (id: string) => ['operations', 'errors', id] as const,
}

export const useUsage = (days: number) =>
  useQuery({
    queryKey: operationKeys.usage(days),
    queryFn: ({ signal }) => call<Usage>('/usage', { query: { days }, signal }),
  })

export const useOperations = () =>
  useQuery({
    queryKey: operationKeys.all,
    queryFn: async ({ signal }) => (await call<{ items: Operation[] }>('/metrics/operations', { signal })).items,
  })

export const useErrorDetail = (id: string, enabled: boolean) =>
  useQuery({
    queryKey: operationKeys.error(id),
    queryFn: ({ signal }) => call<ErrorKindDetail>(`/errors/${encodeURIComponent(id)}`, { signal }),
    enabled,
  })

export const changeError = ({ id, state }: Pick<ErrorKind, 'id' | 'state'>) =>
  call<ErrorKind>(`/errors/${encodeURIComponent(id)}`, { method: 'PATCH', body: { state } })
