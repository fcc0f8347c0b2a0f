import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { v4 } from 'uuid'
import { call } from '../api/call.ts'
import { keys } from '../api/keys.ts'

/**
 * Sends predictions. The same content has the same key until it is accepted: a retry, or a double click, pays once, and
 * a changed form is another order.
 */
export function useSubmission() {
  const queries = useQueryClient()
  const pending = useRef(new Map<string, string>())
  return useMutation({
    mutationFn: async (body: string) => {
      const key = pending.current.get(body) ?? v4()
      pending.current.set(body, key)
      const { job_id } = await call<{ job_id: string }>('/predict', {
        method: 'POST',
        body: JSON.parse(body),
        idempotencyKey: key,
      })
      pending.current.delete(body)
      return job_id
    },
    onSuccess: () => {
      for (const queryKey of [keys.jobs, keys.profile, keys.entries]) void queries.invalidateQueries({ queryKey })
    },
  })
}
