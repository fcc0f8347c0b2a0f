import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { keys } from './keys.ts'

/** Is the stream of changes there? */
export type Connection = 'connecting' | 'open' | 'lost'

let connection: Connection = 'connecting'
const listeners = new Set<() => void>()

function become(next: Connection) {
  connection = next
  for (const listener of listeners) listener()
}

export function useConnection(): Connection {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => connection,
  )
}

const LONGEST_PAUSE_MS = 30_000

/**
 * Follows all of the person's jobs: what changes is asked for anew. The browser comes back by itself after a break, and
 * tells where it was; where it gives up, as after a refusal, it is opened anew with growing pauses.
 */
export function useLiveJobs() {
  const queries = useQueryClient()
  useEffect(() => {
    let source: EventSource | undefined
    let timer: number | undefined
    let pauseMs = 1_000
    const askAnew = () => {
      for (const queryKey of [keys.jobs, keys.profile, keys.entries]) void queries.invalidateQueries({ queryKey })
    }
    const open = () => {
      source = new EventSource('/predict/events')
      source.addEventListener('open', () => {
        // A stream that was opened anew, not by the browser, begins now: what changed meanwhile it does not tell.
        if (pauseMs > 1_000) askAnew()
        pauseMs = 1_000
        become('open')
      })
      source.addEventListener('job', askAnew)
      source.addEventListener('error', () => {
        become('lost')
        if (source?.readyState !== EventSource.CLOSED) return
        timer = window.setTimeout(open, pauseMs)
        pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)
      })
    }
    open()
    return () => {
      window.clearTimeout(timer)
      source?.close()
    }
  }, [queries])
}
