import { App, Button, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { usePredictors } from '../../api/hooks.ts'
import { keys } from '../../api/keys.ts'
import type { Predictor } from '../../api/types.ts'
import { askAddress } from '../../domains/asked-at.ts'
import { useFormats } from '../../parts/formats.ts'
import { PagedRecords } from '../../parts/paged-records.tsx'
import type { Column } from '../../parts/records.tsx'
import { When } from '../../parts/when.tsx'
import { setPrice, useChange } from './admin-api.ts'
import { AmountForm } from './amount-form.tsx'
import { SectionTitle } from './section-title.tsx'

/** What is on offer, and for how much. */
export function PredictorPrices() {
  const { t } = useTranslation()
  const predictors = usePredictors()
  const columns = useColumns()
  const wholeList = { ...predictors, hasNextPage: false, isFetchingNextPage: false, fetchNextPage: () => undefined }
  return (
    <>
      <SectionTitle text={t('admin.predictors.title')} />
      <PagedRecords
        label={t('admin.predictors.title')}
        list={wholeList}
        rows={predictors.data ?? []}
        idOf={({ model_name }) => model_name}
        columns={columns}
        empty={t('admin.predictors.empty')}
      />
    </>
  )
}

function useColumns(): Column<Predictor>[] {
  const { t } = useTranslation()
  const { number } = useFormats()
  return [
    { key: 'name', title: t('admin.predictors.name'), render: (predictor) => <Name predictor={predictor} /> },
    { key: 'domain', title: t('admin.predictors.domain'), render: ({ domain }) => domain },
    {
      key: 'version',
      title: t('admin.predictors.version'),
      isNumber: true,
      render: ({ version }) => number(version),
    },
    {
      key: 'updated',
      title: t('admin.predictors.updated'),
      isShort: true,
      render: ({ updated_at }) => <When at={updated_at} />,
    },
    {
      key: 'price',
      title: t('admin.predictors.price'),
      isNumber: true,
      render: ({ price }) => <strong>{number(price)}</strong>,
    },
    { key: 'do', title: t('parts.actions'), render: (predictor) => <ChangePrice predictor={predictor} /> },
  ]
}

function Name({ predictor: { model_name, title } }: { predictor: Predictor }) {
  return (
    <>
      <Link to={askAddress(model_name)}>{title}</Link>
      <Typography.Text type="secondary" style={{ display: 'block', overflowWrap: 'anywhere' }}>
        {model_name}
      </Typography.Text>
    </>
  )
}

function ChangePrice({ predictor: { model_name, title, price } }: { predictor: Predictor }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [isOpen, setOpen] = useState(false)
  const { mutateAsync, isPending, error, reset } = useChange(setPrice, keys.predictors)
  const send = (amount: number) =>
    mutateAsync(
      { name: model_name, price: amount },
      {
        onSuccess: () => {
          message.success(t('admin.predictors.change.done', { title, count: amount }))
          setOpen(false)
        },
      },
    )
  return (
    <>
      <Button size="small" aria-label={t('admin.predictors.change.of', { title })} onClick={() => setOpen(true)}>
        {t('admin.predictors.change.open')}
      </Button>
      <AmountForm
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={t('admin.predictors.change.title', { title })}
        text={t('admin.predictors.change.text')}
        label={t('admin.predictors.price')}
        current={price}
        largest={1_000_000}
        isPending={isPending}
        error={error}
        onSend={send}
        afterClose={reset}
      />
    </>
  )
}
