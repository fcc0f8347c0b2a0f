let waiting: PromiseWithResolvers<boolean> | undefined
let count = 0
const listeners = new Set<() => void>()

/** How many sessions were begun anew: a call remembers in which one it was made. */
export const sessionCount = () => count

/**
 * Waits for a new session, if one can be had: however many calls were refused, the person is asked once. While nobody
 * listens there is nobody to ask, and calls just fail.
 *
 * @param made the session in which the refused call was made
 */
export async function sessionGoesOn(made: number): Promise<boolean> {
  if (made !== count) return true
  if (listeners.size === 0) return false
  waiting ??= Promise.withResolvers()
  tell()
  return waiting.promise
}

/** Is there something that waits for the person to sign in again? */
export const isSessionWanted = () => waiting !== undefined

/** To be told when a session is wanted, or no longer. */
export function onSessionWanted(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) endWaiting(false)
  }
}

/** The person has signed in again, or will not: what waits goes on, or is refused. */
export function endWaiting(isRenewed: boolean) {
  if (isRenewed) count += 1
  waiting?.resolve(isRenewed)
  waiting = undefined
  tell()
}

function tell() {
  for (const listener of listeners) listener()
}
