import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { v4 } from 'uuid'
import { call } from '../../../api/call.ts'
import { keys } from '../../../api/keys.ts'
import { movieKeys, type Recommendation } from '../movies-api.ts'
import { bodyOf, type FilmSearch } from './film-search.ts'

/** Answered at once, or by a job where that would take too long. */
type Answer = Recommendation | { job_id: string }

/**
 * Asks for films, and gives the id of the answer. The same search has the same key until it is answered: a retry, or a
 * double click, pays once.
 */
export function useFilmSearch() {
  const queries = useQueryClient()
  const keyOf = useRef(new Map<string, string>())
  return useMutation({
    mutationFn: async (search: FilmSearch) => {
      const body = bodyOf(search)
      const content = JSON.stringify(body)
      const key = keyOf.current.get(content) ?? v4()
      keyOf.current.set(content, key)
      const answer = await call<Answer>('/recommend', { method: 'POST', body, idempotencyKey: key })
      keyOf.current.delete(content)
      if ('job_id' in answer) return answer.job_id
      queries.setQueryData(movieKeys.results(answer.prediction_id), answer)
      return answer.prediction_id
    },
    onSettled: () => {
      for (const queryKey of [keys.jobs, keys.profile, keys.entries, movieKeys.searches])
        void queries.invalidateQueries({ queryKey: [...queryKey] })
    },
  })
}
