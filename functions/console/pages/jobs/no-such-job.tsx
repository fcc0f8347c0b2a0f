import { Result } from 'antd'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '../../shell/link-button.tsx'
import { PageTitle } from '../../shell/page-title.tsx'

export function NoSuchJob() {
  const { t } = useTranslation()
  return (
    <>
      <PageTitle title="jobs.one" />
      <Result
        status="info"
        title={t('jobs.missing.title')}
        subTitle={t('jobs.missing.next')}
        extra={<LinkButton to="/console/jobs">{t('jobs.missing.back')}</LinkButton>}
      />
    </>
  )
}
