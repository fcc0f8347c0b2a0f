import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { call } from '../api/call.ts'

export interface Quote {
  price: number
  rows: number
  amount: number
  enough: boolean
}

const PAUSE_MS = 500

/** Asks what a call would cost, once its input has come to rest; nothing is asked for input that does not fit. */
export function useQuote(body: string | undefined) {
  const settled = useSettled(body)
  const { data, error, isFetching } = useQuery({
    queryKey: ['quote', settled],
    queryFn: ({ signal }) =>
      call<Quote>('/predict/quote', { method: 'POST', body: JSON.parse(settled ?? 'null'), signal }),
    enabled: settled !== undefined,
    gcTime: 10_000,
  })
  const isCurrent = settled === body && body !== undefined
  return { quote: isCurrent ? data : undefined, error: isCurrent ? error : null, isAsking: isFetching || !isCurrent }
}

function useSettled(value: string | undefined): string | undefined {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(value), PAUSE_MS)
    return () => window.clearTimeout(timer)
  }, [value])
  return settled
}
