import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { v4 } from 'uuid'
import { call } from '../api/call.ts'
import { keys } from '../api/keys.ts'

/**
 * Sends predictions, one or several at once, and gives the ids of their jobs. The same content has the same key until all
 * are accepted: a retry, or a double click, pays once, and a changed form is another order.
 */
export function useSubmission() {
  const queries = useQueryClient()
  const keyOf = useRef(new Map<string, string>())
  const submit = async (body: string) => {
    const key = keyOf.current.get(body) ?? v4()
    keyOf.current.set(body, key)
    const answer = call<{ job_id: string }>('/predict', { method: 'POST', body: JSON.parse(body), idempotencyKey: key })
    return (await answer).job_id
  }
  return useMutation({
    mutationFn: async (bodies: readonly string[]) => {
      const outcomes = await Promise.allSettled(bodies.map(submit))
      const failed = outcomes.find((outcome) => outcome.status === 'rejected')
      if (failed) throw failed.reason
      for (const body of bodies) keyOf.current.delete(body)
      return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
    },
    onSettled: () => {
      for (const queryKey of [keys.jobs, keys.profile, keys.entries]) void queries.invalidateQueries({ queryKey })
    },
  })
}
