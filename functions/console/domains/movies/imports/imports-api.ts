import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type { ImportView } from '../../../../movies/import-view.ts'
import { call } from '../../../api/call.ts'
import type { Page } from '../../../api/types.ts'
import { movieKeys, POLL_MS } from '../movies-api.ts'

/** A delivery of films, and how far it has come. */
export type FilmImport = z.infer<typeof ImportView>

/** Deliveries, newest first; asked for again and again while one is running. */
export function useImports() {
  return useInfiniteQuery({
    queryKey: movieKeys.imports,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call<Page<FilmImport>>('/movies/imports', { query: { cursor: pageParam, limit: 20 }, signal }),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some(({ items }) => items.some(({ status }) => status === 'running')) ? POLL_MS : false,
  })
}

/** Lets what failed wait for its vectors again. */
export function useRetry() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => call(`/movies/imports/${encodeURIComponent(id)}/retry`, { method: 'POST' }),
    onSettled: () => queries.invalidateQueries({ queryKey: movieKeys.imports }),
  })
}
