import { Result, Skeleton } from 'antd'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, Route, Routes } from 'react-router'
import { useProfile } from '../../api/hooks.ts'
import { Failure } from '../../parts/failure.tsx'
import { SectionLinks } from '../../parts/section-links.tsx'
import { PageLoading } from '../../shell/page-loading.tsx'
import { PageTitle } from '../../shell/page-title.tsx'
import { DeadLetters } from './dead-letters.tsx'
import { PredictorPrices } from './predictor-prices.tsx'
import { SystemHealth } from './system-health.tsx'
import { Users } from './users.tsx'

const Usage = lazy(() => import('../operations/usage.tsx'))
const Operations = lazy(() => import('../operations/operations.tsx'))
const Errors = lazy(() => import('../operations/errors.tsx'))

/** What admins look after. Hiding it is a courtesy: it is the API that refuses others. */
export default function Admin() {
  const { t } = useTranslation()
  const { data: profile, error, refetch } = useProfile()
  if (profile !== undefined && profile.role !== 'admin')
    return (
      <>
        <PageTitle title="admin.title" />
        <Result
          status="403"
          title={t('admin.refused.title')}
          subTitle={t('admin.refused.text', { role: t(`admin.users.role.${profile.role}`) })}
        />
      </>
    )
  return (
    <>
      <PageTitle title="admin.title" />
      {profile === undefined && (error ? <Failure error={error} onRetry={refetch} /> : <Skeleton active />)}
      {profile && <Sections />}
    </>
  )
}

/** Keys of their names, by their addresses. */
const SECTIONS = {
  users: 'admin.users.short',
  predictors: 'admin.predictors.short',
  usage: 'operations.usage.short',
  latency: 'operations.latency.short',
  errors: 'operations.errors.short',
  dead_letters: 'admin.dead_letters.short',
  health: 'admin.health.short',
}

function Sections() {
  const { t } = useTranslation()
  return (
    <>
      <SectionLinks
        label={t('admin.sections')}
        sections={Object.entries(SECTIONS).map(([section, name]) => ({
          to: `/console/admin/${section}`,
          text: t(name),
        }))}
      />
      <Suspense fallback={<PageLoading />}>
        <Routes>
          <Route path="users" element={<Users />} />
          <Route path="predictors" element={<PredictorPrices />} />
          <Route path="usage" element={<Usage />} />
          <Route path="latency" element={<Operations />} />
          <Route path="errors" element={<Errors />} />
          <Route path="dead_letters" element={<DeadLetters />} />
          <Route path="health" element={<SystemHealth />} />
          <Route path="*" element={<Navigate to="/console/admin/users" replace />} />
        </Routes>
      </Suspense>
    </>
  )
}
