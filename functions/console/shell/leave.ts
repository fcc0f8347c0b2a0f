import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { sessions } from '../api/session.ts'
import { onSessionNews } from '../api/session-news.ts'
import { signInPath } from '../pages/sign-in/own-path.ts'

/** To the sign-in page, where nothing of what was seen is left; it may lead back to this one. */
export function useLeave() {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { pathname, search } = useLocation()
  return useCallback(
    (notice?: string, { isComingBack = true } = {}) => {
      queries.clear()
      const path = isComingBack ? signInPath(pathname + search) : '/console/sign-in'
      void navigate(path, { state: { isNobody: true, notice } })
    },
    [navigate, queries, pathname, search],
  )
}

/** @returns what signs out: it fails where the server cannot be reached */
export function useSignOut() {
  const leave = useLeave()
  return async () => {
    await sessions.logout({})
    leave('sign_in.signed_out', { isComingBack: false })
  }
}

/** A session that was closed in one tab is over in all: nothing of it stays to be seen. */
export function useSignOutElsewhere() {
  const leave = useLeave()
  useEffect(
    () =>
      onSessionNews(({ kind }) => {
        if (kind === 'signed_out') leave('sign_in.signed_out_elsewhere')
      }),
    [leave],
  )
}
