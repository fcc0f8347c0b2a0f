import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import type { Page } from '../../api/types.ts'
import type { Entry } from './entries.ts'
import { type LedgerFilter, queryOf } from './ledger-filter.ts'

interface EntriesWithBalance extends Page<Entry> {
  /** What could be spent when the page was read. */
  balance: number
}

export function readEntries(filter: LedgerFilter, cursor?: string, limit = 50, signal?: AbortSignal) {
  return call<Page<Entry>>('/balance/entries', { query: { ...queryOf(filter), cursor, limit }, signal })
}

/** The ledger, newest first, with the balance that its newest entry led to. */
export function useLedger(filter: LedgerFilter = {}) {
  return useInfiniteQuery({
    queryKey: [...keys.entries, filter],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }): Promise<EntriesWithBalance> => {
      const [page, { amount }] = await Promise.all([
        readEntries(filter, pageParam, 50, signal),
        call<{ amount: number }>('/balance', { signal }),
      ])
      return { ...page, balance: amount }
    },
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  })
}

export interface TopUp {
  amount: number
  idempotencyKey: string
  /** Whose wallet, where it is not one's own. */
  userId?: string
}

/** Adds credits: once for a key. */
export function useTopUp() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ amount, idempotencyKey, userId }: TopUp) =>
      call<{ amount: number }>('/balance/top_ups', {
        method: 'POST',
        body: { amount, user_id: userId },
        idempotencyKey,
      }),
    // Also after a failure: an answer that got lost may have come after the credits.
    onSettled: () => refreshMoney(queries),
  })
}

export function refreshMoney(queries: ReturnType<typeof useQueryClient>) {
  void queries.invalidateQueries({ queryKey: keys.profile })
  void queries.invalidateQueries({ queryKey: keys.entries })
}
