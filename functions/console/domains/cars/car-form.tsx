import { Checkbox, Collapse, Flex, Grid, Typography } from 'antd'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Predictor } from '../../api/types.ts'
import { useFeatureTexts } from '../../forms/feature-texts.ts'
import { focusField, ManifestForm } from '../../forms/manifest-form.tsx'
import { manifestOf } from '../../forms/manifest-of.ts'
import { Order } from '../../forms/order.tsx'
import { useFormInput } from '../../forms/use-form-input.ts'
import { useSubmission } from '../../forms/use-submission.ts'
import { useLanguage } from '../../locales/locale.ts'
import { Failure } from '../../parts/failure.tsx'
import { useFormats } from '../../parts/formats.ts'
import { featuresOf, ordersOf, splitFeatures } from './car-models.ts'
import { MainFeatures } from './main-features.tsx'

interface CarFormProps {
  models: readonly Predictor[]
  onJobs(ids: readonly string[]): void
}

/** A car by its make and a few main features, and which models to ask. */
export function CarForm({ models, onJobs }: CarFormProps) {
  const { t } = useTranslation()
  const { number } = useFormats()
  const isWide = Grid.useBreakpoint().lg ?? true
  const place = useRef<HTMLDivElement>(null)
  const decimalComma = useLanguage() === 'ru'
  const manifest = useMemo(() => manifestOfAll(models), [models])
  const { main, others } = useMemo(() => splitFeatures(manifest.features), [manifest])
  const { input, change } = useFormInput(manifest, 'cars.compare')
  const [areAllOpen, setAllOpen] = useState(false)
  const [left, setLeft] = useState<readonly string[]>([])
  const chosen = useMemo(() => models.filter(({ model_name }) => !left.includes(model_name)), [models, left])
  const { orders, faults, price } = useMemo(
    () => ordersOf(chosen, input.draft, decimalComma),
    [chosen, input.draft, decimalComma],
  )
  const { mutate, isPending, error } = useSubmission()
  const send = () => {
    const column = faults[0]?.column
    if (others.includes(column ?? '')) setAllOpen(true)
    if (column !== undefined) window.requestAnimationFrame(() => focusField(place.current, column))
    if (faults.length > 0 || orders.length === 0 || isPending) return
    const bodies = orders.map(({ body }) => body)
    mutate(bodies, { onSuccess: onJobs })
  }
  const fields = { manifest, draft: input.draft, faults, onChange: change }
  return (
    <div ref={place} style={isWide ? { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) 300px', gap: 32 } : {}}>
      <Flex vertical gap="middle" style={{ minWidth: 0, marginBottom: 16 }}>
        <MainFeatures features={main} {...fields} />
        <Collapse
          ghost
          activeKey={areAllOpen ? ['others'] : []}
          onChange={(open) => setAllOpen(open.length > 0)}
          style={{ marginInline: -12 }}
          items={[
            {
              key: 'others',
              label: t('cars.more'),
              children: <ManifestForm only={others} {...fields} />,
            },
          ]}
        />
        <Choice models={models} left={left} onChange={setLeft} />
        {error !== null && <Failure error={error} onRetry={send} />}
      </Flex>
      <div style={isWide ? {} : { display: 'contents' }}>
        <Order
          price={price}
          sum={t('cars.sum', { count: chosen.length, prices: chosen.map((it) => number(it.price)).join(' + ') })}
          faults={faults.length}
          isSending={isPending}
          onSend={send}
        />
      </div>
    </div>
  )
}

interface ChoiceProps {
  models: readonly Predictor[]
  left: readonly string[]
  onChange(left: readonly string[]): void
}

/** Which models are asked: all, unless some are left out. */
function Choice({ models, left, onChange }: ChoiceProps) {
  const { t } = useTranslation()
  const { number } = useFormats()
  const texts = useFeatureTexts('cars')
  const options = models.map((model) => ({
    value: model.model_name,
    label: t('cars.model', { title: texts.title(manifestOf(model)), count: model.price, price: number(model.price) }),
  }))
  return (
    <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
      <legend style={{ fontWeight: 500, padding: 0, marginBottom: 8 }}>{t('cars.models')}</legend>
      <Checkbox.Group
        options={options}
        value={models.map(({ model_name }) => model_name).filter((name) => !left.includes(name))}
        onChange={(names) => onChange(models.map(({ model_name }) => model_name).filter((it) => !names.includes(it)))}
      />
      {left.length === models.length && (
        <Typography.Text type="danger" role="alert">
          {t('cars.no_model')}
        </Typography.Text>
      )}
    </fieldset>
  )
}

/** One form for all models. */
function manifestOfAll(models: readonly Predictor[]) {
  const [first] = models
  if (first === undefined) throw new Error('there is no model to ask')
  return { ...manifestOf(first), features: featuresOf(models) }
}
