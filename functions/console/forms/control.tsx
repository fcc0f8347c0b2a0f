import { AutoComplete, Input, Radio, Select } from 'antd'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Feature } from '#models/_runtime/manifest.ts'
import type { FeatureTexts } from './feature-texts.ts'
import { readNumber } from './read-number.ts'

export interface ControlProps<F extends Feature = Feature> {
  id: string
  feature: F
  texts: FeatureTexts
  value: string | null
  isFaulty: boolean
  /** Ids of what describes it. */
  describedBy: string
  labelledBy: string
  onChange(value: string | null): void
}

/** Stands for "not known" among the choices: no choice of a manifest is empty. */
const UNKNOWN = ''
/** How many characters fit beside each other in the narrowest field, and what a button takes beside its text. */
const FIELD_WIDTH = 25
const BUTTON_WIDTH = 4

/** What a feature is filled in with: a number with its unit, a choice, or a text with known values to pick from. */
export function Control({ feature, ...props }: ControlProps) {
  switch (feature.type) {
    case 'number':
    case 'integer':
      return <NumberControl feature={feature} {...props} />
    case 'category':
      return <Choices feature={feature} {...props} />
    case 'text':
      return <TextControl feature={feature} {...props} />
  }
}

type NumberFeature = Extract<Feature, { type: 'number' | 'integer' }>
type CategoryFeature = Extract<Feature, { type: 'category' }>
type TextFeature = Extract<Feature, { type: 'text' }>

function NumberControl({ id, feature, texts, value, isFaulty, describedBy, onChange }: ControlProps<NumberFeature>) {
  const { t } = useTranslation()
  return (
    <Input
      id={id}
      value={value ?? ''}
      disabled={value === null}
      placeholder={value === null ? t('form.not_known') : ''}
      inputMode={feature.type === 'integer' && (feature.range?.[0] ?? 0) >= 0 ? 'numeric' : 'decimal'}
      autoComplete="off"
      status={isFaulty ? 'error' : ''}
      aria-invalid={isFaulty}
      aria-describedby={describedBy}
      aria-required={feature.required && !feature.nullable}
      suffix={feature.unit === undefined ? <span /> : texts.unit(feature.unit)}
      onChange={({ target }) => onChange(target.value)}
      onKeyDown={(event) => step(event, feature, value, onChange)}
    />
  )
}

/** The arrows count up and down, within the range. */
function step(
  event: KeyboardEvent,
  { type, range }: NumberFeature,
  value: string | null,
  onChange: ControlProps['onChange'],
) {
  const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key]
  const current = readNumber(value ?? '', true)
  if (direction === undefined || current === undefined) return
  event.preventDefault()
  const [low, high] = range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  const size = type === 'integer' || high - low > 20 ? 1 : 0.1
  const next = Math.min(high, Math.max(low, current + direction * size))
  onChange(String(Number(next.toPrecision(12))))
}

function useChoices({ feature, texts }: Pick<ControlProps<CategoryFeature>, 'feature' | 'texts'>) {
  const { t } = useTranslation()
  const known = feature.choices.map((choice) => ({ value: choice, label: texts.choice(feature, choice) }))
  return feature.nullable ? [...known, { value: UNKNOWN, label: t('form.not_known') }] : known
}

/** Few short choices are all in view, one touch away. */
function Choices(props: ControlProps<CategoryFeature>) {
  const choices = useChoices(props)
  const width = choices.reduce((sum, { label }) => sum + label.length + BUTTON_WIDTH, 0)
  return width <= FIELD_WIDTH ? <FewChoices {...props} /> : <ManyChoices {...props} />
}

function FewChoices({ id, value, describedBy, labelledBy, onChange, ...about }: ControlProps<CategoryFeature>) {
  const choices = useChoices(about)
  return (
    <Radio.Group
      id={id}
      optionType="button"
      options={choices}
      value={value ?? UNKNOWN}
      role="radiogroup"
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      onChange={({ target }) => onChange(ofChoice(target.value, about.feature))}
    />
  )
}

function ManyChoices({ id, value, isFaulty, describedBy, onChange, ...about }: ControlProps<CategoryFeature>) {
  const choices = useChoices(about)
  return (
    <Select<string>
      id={id}
      options={choices}
      value={value === '' || value === null ? (about.feature.nullable ? UNKNOWN : undefined) : value}
      status={isFaulty ? 'error' : ''}
      showSearch={choices.length > 8 && { optionFilterProp: 'label' }}
      aria-invalid={isFaulty}
      aria-describedby={describedBy}
      style={{ width: '100%' }}
      onChange={(choice) => onChange(ofChoice(choice, about.feature))}
    />
  )
}

function ofChoice(choice: unknown, { nullable }: CategoryFeature): string | null {
  return choice === UNKNOWN && nullable ? null : String(choice)
}

function TextControl({ id, feature, texts, value, isFaulty, describedBy, onChange }: ControlProps<TextFeature>) {
  const { t } = useTranslation()
  const shared = {
    id,
    value: value ?? '',
    status: isFaulty ? ('error' as const) : ('' as const),
    placeholder: feature.nullable ? t('form.not_known') : '',
    'aria-invalid': isFaulty,
    'aria-describedby': describedBy,
  }
  if (feature.choices === undefined)
    return <Input {...shared} autoComplete="off" onChange={({ target }) => onChange(target.value)} />
  return (
    <AutoComplete
      {...shared}
      allowClear
      options={feature.choices.map((choice) => ({ value: choice, label: texts.choice(feature, choice) }))}
      showSearch={{ filterOption: (typed, option) => isLike(String(option?.value ?? ''), typed, feature) }}
      style={{ width: '100%' }}
      onChange={(text: string | undefined) => onChange(text ?? '')}
    />
  )
}

/** A field that holds one of the known values suggests all of them. */
function isLike(choice: string, typed: string, { choices = [] }: TextFeature): boolean {
  return choices.includes(typed) || choice.toLowerCase().includes(typed.trim().toLowerCase())
}
