import { theme } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Predictor } from '../../api/types.ts'
import { useFeatureTexts } from '../../forms/feature-texts.ts'
import { useLanguage } from '../../locales/locale.ts'
import { qualityLines } from './quality.ts'

/** How good a predictor is, in words, and how that was measured. */
export function QualityList({ predictor }: { predictor: Predictor }) {
  const { t } = useTranslation()
  const { token } = theme.useToken()
  const language = useLanguage()
  const texts = useFeatureTexts(predictor.domain)
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })
  const number = new Intl.NumberFormat(language, { maximumSignificantDigits: 4 })
  const lines = qualityLines(predictor)
  if (lines.length === 0) return <p>{t('predictors.quality.none')}</p>
  const written = (value: number, kind: 'share' | 'output') =>
    kind === 'share' ? share.format(value) : `${number.format(value)}\u00a0${texts.unit(predictor.output.unit)}`
  return (
    <>
      <ul aria-label={t('predictors.quality.title')} style={{ margin: '8px 0', paddingInlineStart: 20 }}>
        {lines.map(({ metric, value, kind }) => (
          <li key={metric}>{t(`predictors.quality.${metric}`, { value: written(value, kind) })}</li>
        ))}
      </ul>
      <Protocol quality={predictor.quality} colour={token.colorTextSecondary} />
    </>
  )
}

function Protocol({ quality, colour }: { quality: Predictor['quality']; colour: string }) {
  const { t } = useTranslation()
  const number = new Intl.NumberFormat(useLanguage())
  const { rows, folds, repeats } = quality
  if (typeof rows !== 'number') return null
  const text =
    typeof folds === 'number' && typeof repeats === 'number'
      ? t('predictors.quality.protocol_folds', { rows: number.format(rows), folds, repeats })
      : t('predictors.quality.protocol_rows', { rows: number.format(rows) })
  return <small style={{ color: colour }}>{text}</small>
}
