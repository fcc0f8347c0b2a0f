import { Button, Result } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

export default function Missing() {
  const { t } = useTranslation()
  const back = (
    <Link to="/">
      <Button type="primary">{t('missing.back')}</Button>
    </Link>
  )
  return <Result status="404" title={t('missing.title')} extra={back} />
}
