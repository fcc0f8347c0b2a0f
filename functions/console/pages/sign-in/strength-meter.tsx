import { Typography, theme } from 'antd'
import { useTranslation } from 'react-i18next'
import { minimumDistinctCharacters, minimumLength } from '../../../auth/password-strength.ts'
import type { Judgement } from './judge-password.ts'

const STEPS = [1, 2, 3, 4] as const

/** How strong a password is, in words and at a glance, and what it lacks. */
export function StrengthMeter({ strength, broken }: Judgement) {
  const { t } = useTranslation()
  const { token } = theme.useToken()
  const colour = [token.colorFill, token.colorError, token.colorWarning, token.colorSuccess, token.colorSuccess][
    strength
  ]
  const lacking = broken && t(`sign_up.lacks.${broken}`, { length: minimumLength, variety: minimumDistinctCharacters })
  const judgement = strength === 0 ? undefined : t(`sign_up.strength.${strength}`)
  return (
    <div style={{ marginTop: 4 }}>
      <div aria-hidden style={{ display: 'grid', gridTemplateColumns: 'repeat(4, 1fr)', gap: 4, marginBottom: 4 }}>
        {STEPS.map((step) => (
          <span
            key={step}
            style={{ height: 4, borderRadius: 2, background: step <= strength ? colour : token.colorFillSecondary }}
          />
        ))}
      </div>
      <Typography.Text type="secondary" aria-live="polite">
        {[judgement, lacking].filter((text) => text !== undefined).join(' ')}
      </Typography.Text>
    </div>
  )
}
