import { Checkbox, Flex, theme } from 'antd'
import { memo, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Feature } from '#models/_runtime/manifest.ts'
import { useLanguage } from '../locales/locale.ts'
import { Control } from './control.tsx'
import type { FeatureTexts } from './feature-texts.ts'

interface FieldProps {
  feature: Feature
  texts: FeatureTexts
  value: string | null
  /** What is wrong with it, in words. */
  fault: string | undefined
  onChange(name: string, value: string | null): void
}

/** One feature: its name, what it is filled in with, what may stand there, and what is wrong. */
export const Field = memo(function Field({ feature, texts, value, fault, onChange }: FieldProps) {
  const { token } = theme.useToken()
  const id = useId()
  const isNumber = feature.type === 'number' || feature.type === 'integer'
  return (
    <div data-field={feature.name} style={{ minWidth: 0 }}>
      <Flex justify="space-between" align="baseline" gap="small" style={{ marginBottom: 4 }}>
        <label id={`${id}-label`} htmlFor={id} style={{ fontWeight: 500 }}>
          {texts.label(feature)}
        </label>
        {isNumber && feature.nullable && (
          <UnknownBox
            label={texts.label(feature)}
            isUnknown={value === null}
            onChange={(isUnknown) => onChange(feature.name, isUnknown ? null : String(feature.default))}
          />
        )}
      </Flex>
      <Control
        id={id}
        feature={feature}
        texts={texts}
        value={value}
        isFaulty={fault !== undefined}
        describedBy={`${id}-hint ${id}-fault`}
        labelledBy={`${id}-label`}
        onChange={(next) => onChange(feature.name, next)}
      />
      <div id={`${id}-fault`} aria-live="polite" style={{ color: token.colorErrorText, fontSize: token.fontSizeSM }}>
        {fault}
      </div>
      <div id={`${id}-hint`} style={{ color: token.colorTextSecondary, fontSize: token.fontSizeSM }}>
        <Hint feature={feature} texts={texts} />
      </div>
    </div>
  )
})

function UnknownBox(props: { label: string; isUnknown: boolean; onChange(isUnknown: boolean): void }) {
  const { t } = useTranslation()
  return (
    <Checkbox
      checked={props.isUnknown}
      style={{ whiteSpace: 'nowrap' }}
      aria-label={t('form.not_known_of', { feature: props.label })}
      onChange={({ target }) => props.onChange(target.checked)}
    >
      {t('form.not_known')}
    </Checkbox>
  )
}

/** What the training data held, in numbers, and what the feature means. */
function Hint({ feature, texts }: Pick<FieldProps, 'feature' | 'texts'>) {
  const { t } = useTranslation()
  const number = new Intl.NumberFormat(useLanguage())
  const description = texts.description(feature)
  const isNumber = feature.type === 'number' || feature.type === 'integer'
  if (!isNumber || feature.range === undefined) return <>{description}</>
  const [low, high] = feature.range
  const values = {
    low: number.format(low),
    high: number.format(high),
    typical: number.format(feature.default),
    unit: feature.unit === undefined ? '' : `\u00a0${texts.unit(feature.unit)}`,
  }
  return (
    <>
      {t('form.range', values)}
      {description && <div>{description}</div>}
    </>
  )
}
