import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { useConnection } from '../../api/live.ts'
import type { Job } from '../../api/types.ts'
import { isOpen } from '../../parts/job-facts.ts'
import { historyQuery, type JobFilters } from './filters.ts'

interface History {
  jobs?: Job[]
  next_cursor: string | null
}

/** Jobs that pass the filters, newest first, page by page. */
export function useHistory(filters: JobFilters) {
  const query = historyQuery(filters)
  return useInfiniteQuery({
    queryKey: [...keys.jobs, 'history', query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => call<History>('/history', { query: { ...query, cursor: pageParam }, signal }),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  })
}

/** How often an open job is asked for: its changes come by events, as long as there is a stream of them. */
const pauseMs = { open: 10_000, connecting: 2_000, lost: 2_000 }

/** A job as it is now, and as it becomes. */
export function useLiveJob(id: string) {
  const connection = useConnection()
  return useQuery({
    queryKey: keys.job(id),
    queryFn: ({ signal }) => call<Job>(`/predict/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: ({ state: { data } }) => (data && isOpen(data) ? pauseMs[connection] : false),
    enabled: id !== '',
  })
}

/** Calls a job off; to do so twice changes nothing. */
export function useCancelling() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => call<Job>(`/predict/${encodeURIComponent(id)}/cancel`, { method: 'POST' }),
    onSettled: () =>
      Promise.all(
        [keys.jobs, keys.profile, keys.entries].map((queryKey) =>
          queries.invalidateQueries({ queryKey: [...queryKey] }),
        ),
      ),
  })
}
