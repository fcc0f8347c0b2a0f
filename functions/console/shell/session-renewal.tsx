import { type ComponentType, useEffect, useState, useSyncExternalStore } from 'react'
import { endWaiting, isSessionWanted, onSessionWanted } from '../api/renewal.ts'

/** Long before a session ends, and after all that the first page needs. */
const LOAD_AFTER_MS = 30_000

/**
 * Asks for the password when a session has ended, above the page: what was typed there stays, and the calls that were
 * refused go on. The code of the dialog comes before it is needed, since by then there may be a newer version of it.
 */
export function SessionRenewal({ email }: { email: string }) {
  const isWanted = useSyncExternalStore(onSessionWanted, isSessionWanted)
  const [Dialog, setDialog] = useState<ComponentType<{ email: string }>>()
  useEffect(() => {
    if (Dialog !== undefined) return
    const load = async () => {
      try {
        const module = await import('./renewal-dialog.tsx')
        setDialog(() => module.default)
      } catch {
        endWaiting(false) // Nobody can be asked: what waits is refused.
      }
    }
    const timer = window.setTimeout(load, isWanted ? 0 : LOAD_AFTER_MS)
    return () => window.clearTimeout(timer)
  }, [Dialog, isWanted])
  return Dialog === undefined ? null : <Dialog email={email} />
}
