import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useSearchParams } from 'react-router'
import { call } from '../api/call.ts'
import { keys } from '../api/keys.ts'
import type { Job } from '../api/types.ts'

/**
 * Takes over what was sent with the job that the address names (`?from=`), once: what is typed after that must outlive
 * a reload, so the address forgets it.
 */
export function useJobToBeginFrom(onJob: (job: Job) => void) {
  const [search, setSearch] = useSearchParams()
  const id = search.get('from') ?? ''
  const query = useQuery({
    queryKey: keys.job(id),
    queryFn: ({ signal }) => call<Job>(`/predict/${encodeURIComponent(id)}`, { signal }),
    enabled: id !== '',
  })
  const { data: job } = query
  const taken = useRef<string>(undefined)
  useEffect(() => {
    if (job?.job_id !== id || taken.current === id) return
    taken.current = id
    onJob(job)
    setSearch(
      (before) => {
        before.delete('from')
        return before
      },
      { replace: true },
    )
  }, [job, id, onJob, setSearch])
  return query
}
