import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { call } from '../../../api/call.ts'
import { type Film, movieKeys } from '../movies-api.ts'

const PAUSE_MS = 200
const SHORTEST = 2
/** What is longer is no title. */
const LONGEST = 60

/** Films whose title is like what is typed, typos and all: free, as soon as the person pauses. */
export function useTitles(typed: string): readonly Film[] {
  const text = usePaused(typed.trim())
  const isTitle = text.length >= SHORTEST && text.length <= LONGEST
  const { data } = useQuery({
    queryKey: movieKeys.titles(text),
    queryFn: async ({ signal }) =>
      (await call<{ items: Film[] }>('/movies/search', { query: { title: text, limit: 6 }, signal })).items,
    enabled: isTitle,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
    retry: false,
  })
  return isTitle && typed.trim() !== '' ? (data ?? []) : []
}

function usePaused(value: string): string {
  const [paused, setPaused] = useState(value)
  useEffect(() => {
    const timer = window.setTimeout(() => setPaused(value), PAUSE_MS)
    return () => window.clearTimeout(timer)
  }, [value])
  return paused
}
