import { Flex, theme } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNumberTexts } from '../../../parts/number-texts.ts'

/** How well a film fits, 0 to 1. */
export function ScoreBar({ score }: { score: number }) {
  const { t } = useTranslation()
  const { token } = theme.useToken()
  const { share } = useNumberTexts()
  const text = share(Math.round(score * 100) / 100)
  return (
    <Flex
      align="center"
      gap={6}
      role="img"
      aria-label={t('movies.score', { share: text })}
      title={t('movies.score', { share: text })}
    >
      <span style={{ width: 56, height: 5, borderRadius: 3, background: token.colorFillSecondary, overflow: 'hidden' }}>
        <span style={{ display: 'block', height: '100%', width: `${100 * score}%`, background: token.colorPrimary }} />
      </span>
      <span
        aria-hidden="true"
        style={{ fontSize: 12, color: token.colorTextSecondary, fontVariantNumeric: 'tabular-nums' }}
      >
        {text}
      </span>
    </Flex>
  )
}
