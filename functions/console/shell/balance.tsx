import { Grid, Tooltip, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useProfile } from '../api/hooks.ts'
import { useLanguage } from '../locales/locale.ts'

/** What can be spent, always in view and live; what open jobs hold is said beside it. */
export function Balance() {
  const { t } = useTranslation()
  const language = useLanguage()
  const { data: profile } = useProfile()
  const hasRoom = Grid.useBreakpoint().md ?? true
  if (profile === undefined) return null
  const format = new Intl.NumberFormat(language)
  const text = t('shell.credits', { count: profile.balance, amount: format.format(profile.balance) })
  const held = t('shell.held', { count: profile.held, amount: format.format(profile.held) })
  return (
    <Tooltip title={held}>
      <Link to="/console/wallet" aria-label={`${t('wallet.title')}: ${text}, ${held}`} style={{ whiteSpace: 'nowrap' }}>
        <Typography.Text strong aria-live="polite">
          {text}
        </Typography.Text>
        {hasRoom && profile.held > 0 && <Typography.Text type="secondary"> ({held})</Typography.Text>}
      </Link>
    </Tooltip>
  )
}
