import { Flex } from 'antd'
import { Fragment, type ReactNode, useEffect, useState } from 'react'
import { Navigate, useLocation } from 'react-router'
import { ApiError } from '../api/call.ts'
import { useProfile } from '../api/hooks.ts'
import { forgetWhatWasSeen } from '../api/queries.ts'
import type { Profile } from '../api/session.ts'
import { onSessionNews } from '../api/session-news.ts'
import { signInPath } from '../pages/sign-in/own-path.ts'
import { Failure } from '../parts/failure.tsx'
import { PageLoading } from './page-loading.tsx'

/**
 * Only for those who are signed in. A session that ends later does not lead away: see session-renewal.tsx. When somebody
 * else signs in, in another tab, all begins anew: nothing is done in their name that another one has begun.
 */
export function SignedIn({ children }: { children: (profile: Profile) => ReactNode }) {
  const { data: profile, error, refetch } = useProfile()
  const { pathname, search } = useLocation()
  useEffect(() => onSessionNews(({ kind }) => void (kind === 'signed_in' && refetch())), [refetch])
  const isSettled = useSettled(profile?.id)
  if (profile !== undefined)
    return isSettled ? <Fragment key={profile.id}>{children(profile)}</Fragment> : <PageLoading />
  if (error === null) return <PageLoading />
  if (error instanceof ApiError && error.status === 401)
    return <Navigate to={signInPath(pathname + search)} replace state={{ isNobody: true }} />
  return (
    <Flex vertical justify="center" style={{ minHeight: '60vh', maxWidth: 560, margin: '0 auto', padding: 12 }}>
      <Failure error={error} onRetry={() => void refetch()} />
    </Flex>
  )
}

/** Is what is kept here that person's? When they change, what the one before has seen is forgotten first. */
function useSettled(id: string | undefined): boolean {
  const [settledFor, settle] = useState(id)
  useEffect(() => {
    if (id === settledFor) return
    if (settledFor !== undefined) forgetWhatWasSeen()
    settle(id)
  }, [id, settledFor])
  return id === settledFor
}
