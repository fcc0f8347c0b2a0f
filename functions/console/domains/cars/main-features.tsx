import { Slider } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Feature, Manifest } from '#models/_runtime/manifest.ts'
import type { CellFault } from '../../forms/check-columns.ts'
import type { Draft } from '../../forms/draft.ts'
import { type FeatureTexts, useFeatureTexts } from '../../forms/feature-texts.ts'
import { Field } from '../../forms/field.tsx'
import { readNumber } from '../../forms/read-number.ts'
import { useFaultText } from '../../forms/use-fault-text.ts'
import { useLanguage } from '../../locales/locale.ts'

interface MainFeaturesProps {
  features: readonly Feature[]
  manifest: Manifest
  draft: Draft
  faults: readonly CellFault[]
  onChange(name: string, value: string | null): void
}

/** The features that say most, numbers with a slider. */
export function MainFeatures({ features, manifest, draft, faults, onChange }: MainFeaturesProps) {
  const texts = useFeatureTexts(manifest.domain)
  const faultText = useFaultText(manifest)
  return (
    <div
      style={{
        display: 'grid',
        gap: '20px 28px',
        gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 260px), 1fr))',
      }}
    >
      {features.map((feature) => {
        const value = draft[feature.name] ?? null
        const fault = faults.find(({ column }) => column === feature.name)
        return (
          <div key={feature.name} style={{ minWidth: 0 }}>
            <Field
              feature={feature}
              texts={texts}
              value={value}
              fault={fault && faultText(fault)}
              onChange={onChange}
            />
            <FeatureSlider feature={feature} texts={texts} value={value} onChange={onChange} />
          </div>
        )
      })}
    </div>
  )
}

interface FeatureSliderProps {
  feature: Feature
  texts: FeatureTexts
  value: string | null
  onChange: MainFeaturesProps['onChange']
}

function FeatureSlider({ feature, texts, value, onChange }: FeatureSliderProps) {
  const { t } = useTranslation()
  const decimalComma = useLanguage() === 'ru'
  if ((feature.type !== 'number' && feature.type !== 'integer') || feature.range === undefined) return null
  const [low, high] = feature.range
  return (
    <Slider
      min={low}
      max={high}
      step={feature.type === 'integer' || high - low > 20 ? 1 : 0.1}
      value={readNumber(value ?? '', decimalComma) ?? feature.default}
      disabled={value === null}
      tooltip={{ open: false }}
      ariaLabelForHandle={t('cars.slider', { feature: texts.label(feature) })}
      style={{ marginInline: 6 }}
      onChange={(next) => onChange(feature.name, String(next))}
    />
  )
}
