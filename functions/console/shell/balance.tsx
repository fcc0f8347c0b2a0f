import { Tooltip, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useProfile } from '../api/hooks.ts'

/** What can be spent, always in view; what open jobs hold is said beside it. */
export function Balance() {
  const { t } = useTranslation()
  const { data: profile } = useProfile()
  if (profile === undefined) return null
  const text = t('shell.credits', { count: profile.balance })
  return (
    <Tooltip title={t('shell.held', { count: profile.held })}>
      <Link to="/console/wallet" aria-label={`${t('wallet.title')}: ${text}`}>
        <Typography.Text strong aria-live="polite">
          {text}
        </Typography.Text>
      </Link>
    </Tooltip>
  )
}
