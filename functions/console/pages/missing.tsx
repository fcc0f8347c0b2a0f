import { Flex, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { PageTitle } from '../shell/page-title.tsx'

export default function Missing() {
  const { t } = useTranslation()
  return (
    <Flex vertical align="start">
      <PageTitle title="missing.title" />
      <Typography.Paragraph>{t('missing.text')}</Typography.Paragraph>
      <Link to="/">{t('missing.back')}</Link>
    </Flex>
  )
}
