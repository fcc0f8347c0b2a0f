import { Result, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useProfile } from '../../../api/hooks.ts'

/** What only admins may see. Hiding it is a courtesy: it is the API that refuses others. */
export function AdminsOnly({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const { data: profile } = useProfile()
  if (profile === undefined) return <Skeleton active />
  if (profile.role === 'admin') return children
  return (
    <Result
      status="403"
      title={t('admin.refused.title')}
      subTitle={t('admin.refused.text', { role: t(`admin.users.role.${profile.role}`) })}
    />
  )
}
