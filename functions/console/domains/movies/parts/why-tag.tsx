import { Tooltip, theme } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Why } from '../movies-api.ts'

/** Why a film stands where it stands; in full when it is pointed at, or has the focus. */
export function WhyTag({ why }: { why: Why }) {
  const { t } = useTranslation()
  const { token } = theme.useToken()
  const { kind, terms = [] } = why
  const words = terms.join(', ')
  const text = words === '' ? t(`movies.why.${kind}.short`) : t(`movies.why.${kind}.with`, { words })
  return (
    <Tooltip title={t(`movies.why.${kind}.long`)} trigger={['hover', 'focus', 'click']}>
      <button
        type="button"
        style={{
          font: 'inherit',
          fontSize: 12,
          lineHeight: 1.5,
          maxWidth: '100%',
          textAlign: 'start',
          padding: '1px 8px',
          color: token.colorText,
          background: token.colorFillTertiary,
          border: `1px solid ${token.colorBorderSecondary}`,
          borderRadius: 10,
          cursor: 'help',
        }}
      >
        {text}
      </button>
    </Tooltip>
  )
}
