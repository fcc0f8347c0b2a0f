import { useEffect } from 'react'
import { call } from '../api/call.ts'

const EVERY_MS = 10 * 60_000
const signsOfLife = ['pointerdown', 'keydown'] as const

/** Keeps the session alive while the person does something: it ends for those who have left, not for those who type. */
export function useSessionUpkeep() {
  useEffect(() => {
    let renewedAtMs = 0
    const renew = () => {
      if (Date.now() - renewedAtMs < EVERY_MS) return
      renewedAtMs = Date.now()
      // What fails now is tried again; a session that has ended is asked for by the call itself.
      call('/session/renewal', { method: 'POST' }).catch(() => {})
    }
    for (const sign of signsOfLife) window.addEventListener(sign, renew, { passive: true })
    return () => {
      for (const sign of signsOfLife) window.removeEventListener(sign, renew)
    }
  }, [])
}
