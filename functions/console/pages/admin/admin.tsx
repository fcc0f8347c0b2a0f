import { Result, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { Navigate, Route, Routes } from 'react-router'
import { useProfile } from '../../api/hooks.ts'
import { Failure } from '../../parts/failure.tsx'
import { SectionLinks } from '../../parts/section-links.tsx'
import { PageTitle } from '../../shell/page-title.tsx'
import { DeadLetters } from './dead-letters.tsx'
import { PredictorPrices } from './predictor-prices.tsx'
import { SystemHealth } from './system-health.tsx'
import { Users } from './users.tsx'

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

const SECTIONS = ['users', 'predictors', 'dead_letters', 'health'] as const

function Sections() {
  const { t } = useTranslation()
  return (
    <>
      <SectionLinks
        label={t('admin.sections')}
        sections={SECTIONS.map((section) => ({ to: `/console/admin/${section}`, text: t(`admin.${section}.short`) }))}
      />
      <Routes>
        <Route path="users" element={<Users />} />
        <Route path="predictors" element={<PredictorPrices />} />
        <Route path="dead_letters" element={<DeadLetters />} />
        <Route path="health" element={<SystemHealth />} />
        <Route path="*" element={<Navigate to="/console/admin/users" replace />} />
      </Routes>
    </>
  )
}
