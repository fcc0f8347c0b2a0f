import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import type { Page } from '../../api/types.ts'
import { describeError } from '../../parts/describe-error.ts'
import { type Film, movieKeys } from './movies-api.ts'

export type Verdict = 'like' | 'dislike' | 'none'
type Verdicts = Readonly<Record<string, Verdict>>

const known = [...movieKeys.verdicts, 'known']
/** What was said on these pages since they were opened: it is newer than any list. */
const given = ['movies', 'given']
const MOST = 100

async function readVerdicts(signal: AbortSignal): Promise<Verdicts> {
  const read = async (verdict: 'like' | 'dislike') => {
    const { items } = await call<Page<Film>>('/movies/verdicts', { query: { verdict, limit: MOST }, signal })
    return items.map(({ id }) => [id, verdict] as const)
  }
  return Object.fromEntries((await Promise.all([read('like'), read('dislike')])).flat())
}

/** What the person thinks of a film, and a way to change it: seen at once, and undone when the server refuses. */
export function useVerdict(film: Pick<Film, 'id' | 'liked'>) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const { data: before = {} } = useQuery({
    queryKey: known,
    queryFn: ({ signal }) => readVerdicts(signal),
    staleTime: 60_000,
    enabled: film.liked === undefined,
  })
  const { data: now = {} } = useQuery<Verdicts>({
    queryKey: given,
    queryFn: () => ({}),
    staleTime: Infinity,
    gcTime: Infinity,
  })
  const say = (verdict: Verdict) =>
    queries.setQueryData<Verdicts>(given, (all = {}) => ({ ...all, [film.id]: verdict }))
  const told: Verdict = film.liked === undefined ? 'none' : film.liked ? 'like' : 'dislike'
  const verdict = now[film.id] ?? (told === 'none' ? (before[film.id] ?? 'none') : told)
  const { mutate } = useMutation({
    mutationFn: (next: Verdict) =>
      call(`/movies/${encodeURIComponent(film.id)}/verdict`, { method: 'PUT', body: { verdict: next } }),
    onMutate: (next) => {
      say(next)
      return verdict
    },
    onError: (error, _, previous) => {
      say(previous ?? 'none')
      void message.error(t('movies.verdict.failed', { reason: describeError(t, error) }))
    },
    onSettled: () => {
      for (const queryKey of [movieKeys.verdicts, movieKeys.taste]) void queries.invalidateQueries({ queryKey })
      // What is being looked at does not change under the person's hands: they see it when they come again.
      void queries.invalidateQueries({ queryKey: movieKeys.personal, refetchType: 'none' })
    },
  })
  return { verdict, change: mutate }
}
