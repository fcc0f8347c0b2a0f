import { useCallback, useState } from 'react'
import { v4 } from 'uuid'

/**
 * A key under which a form does its thing once, however often it is sent: made when the form appears, kept for retries.
 * (`crypto.randomUUID` is missing where the page comes over plain HTTP from another machine.)
 */
export function useOneTimeKey() {
  const [key, setKey] = useState(() => v4())
  const renew = useCallback(() => setKey(v4()), [])
  return { key, renew }
}
