import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type CallOptions, call } from './call.ts'
import { keys } from './keys.ts'
import { readProfile } from './session.ts'
import type { Job, Page, Predictor } from './types.ts'

/** Who is signed in, with the balance. */
export const useProfile = (options: { enabled?: boolean } = {}) =>
  useQuery({ queryKey: keys.profile, queryFn: ({ signal }) => readProfile(signal), ...options })

export function usePredictors() {
  return useQuery({
    queryKey: keys.predictors,
    queryFn: async ({ signal }) => (await call<{ models: Predictor[] }>('/predictors', { signal })).models,
    staleTime: 60_000,
  })
}

export function useJob(id: string) {
  return useQuery({ queryKey: keys.job(id), queryFn: ({ signal }) => call<Job>(`/predict/${id}`, { signal }) })
}

/** A list that grows page by page. */
export function usePages<Item>(key: readonly unknown[], path: string, query: NonNullable<CallOptions['query']> = {}) {
  return useInfiniteQuery({
    queryKey: [...key, query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => call<Page<Item>>(path, { query: { ...query, cursor: pageParam }, signal }),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  })
}
