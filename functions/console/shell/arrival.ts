import { useEffect, useRef } from 'react'
import { useLocation, useNavigationType } from 'react-router'

/** Puts the reader at the beginning of each new page, as a browser would: focus and view. */
export function useArrival(contentId: string) {
  const { pathname } = useLocation()
  const navigation = useNavigationType()
  const previous = useRef(pathname)
  useEffect(() => {
    if (previous.current === pathname) return
    previous.current = pathname
    document.getElementById(contentId)?.focus({ preventScroll: true })
    // Who goes back finds the page where they left it.
    if (navigation !== 'POP') window.scrollTo(0, 0)
  }, [pathname, navigation, contentId])
}
