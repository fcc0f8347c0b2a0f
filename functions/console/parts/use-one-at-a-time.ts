import { useRef } from 'react'

/**
 * Lets a thing be done again only when it is done: a double click does it once. A button that shows that it is loading
 * comes too late for that, and forms check their fields before they send.
 *
 * Failures are for the caller's mutation to show.
 */
export function useOneAtATime<Input>(act: (input: Input) => Promise<unknown>) {
  const isUnderWay = useRef(false)
  return async (input: Input) => {
    if (isUnderWay.current) return
    isUnderWay.current = true
    await act(input).catch(() => undefined)
    isUnderWay.current = false
  }
}
