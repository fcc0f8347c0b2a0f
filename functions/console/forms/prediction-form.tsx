import { Flex, Grid, Segmented } from 'antd'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Manifest } from '#models/_runtime/manifest.ts'
import { ApiError } from '../api/call.ts'
import type { Predictor } from '../api/types.ts'
import { useLanguage } from '../locales/locale.ts'
import { Failure } from '../parts/failure.tsx'
import { useFormats } from '../parts/formats.ts'
import { type CellFault, cellOf, checkColumns, isTooLong } from './check-columns.ts'
import { columnsOfDraft } from './draft.ts'
import { FillFrom } from './fill-from.tsx'
import type { FormInput } from './form-input.ts'
import { focusField, ManifestForm } from './manifest-form.tsx'
import { manifestOf } from './manifest-of.ts'
import { Order } from './order.tsx'
import { RowsInput } from './rows-input.tsx'
import { RowsView } from './rows-view.tsx'
import { SnippetView } from './snippet-view.tsx'
import { type FormState, useFormInput } from './use-form-input.ts'
import { useQuote } from './use-quote.ts'
import { useSubmission } from './use-submission.ts'

/** All that it takes to ask a predictor: fields or rows, what they cost, and the same call for programs. */
export function PredictionForm({ predictor }: { predictor: Predictor }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { number } = useFormats()
  const isWide = Grid.useBreakpoint().lg ?? true
  const place = useRef<HTMLDivElement>(null)
  const manifest = useMemo(() => manifestOf(predictor), [predictor])
  const form = useFormInput(manifest)
  const { input } = form
  const { ask, rows, faults } = useChecked(predictor, manifest, input)
  const body = useMemo(() => (faults.length === 0 && rows > 0 ? JSON.stringify(ask) : undefined), [ask, rows, faults])
  const isLong = body !== undefined && isTooLong(body)
  const { quote, error: refusal } = useQuote(isLong ? undefined : body)
  const { mutate, isPending, isSuccess, error } = useSubmission()
  const [failed, setFailed] = useState<string>()
  const told = useMemo(
    () => [...faults, ...faultsTold(refusal), ...(failed === body ? faultsTold(error) : [])],
    [faults, refusal, error, failed, body],
  )

  const send = () => {
    const firstFault = told[0]
    if (input.mode === 'one' && firstFault !== undefined) focusField(place.current, firstFault.column)
    if (body === undefined || isLong || isPending || isSuccess) return
    setFailed(body)
    mutate([body], { onSuccess: ([id]) => navigate(`/console/jobs/${id}`) })
  }

  return (
    <div ref={place}>
      <div style={isWide ? { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) 300px', gap: 32 } : {}}>
        <Entry predictor={predictor} manifest={manifest} form={form} faults={told} />
        <div style={isWide ? {} : { display: 'contents' }}>
          {rows > 0 && (
            <Order
              price={quote?.price ?? predictor.price * rows}
              sum={t('form.order.sum', { count: rows, rows: number(rows), price: number(predictor.price) })}
              amount={quote?.amount}
              faults={told.length + Number(isLong)}
              isSending={isPending || isSuccess}
              onSend={send}
            />
          )}
        </div>
      </div>
      {isLong && <Failure error={new ApiError(413, { code: 'too_large', detail: t('form.too_long') })} />}
      {error !== null && faultsTold(error).length === 0 && <Failure error={error} onRetry={send} />}
      {rows > 0 && <SnippetView ask={ask} rows={rows} />}
    </div>
  )
}

interface EntryProps {
  predictor: Predictor
  manifest: Manifest
  form: FormState
  faults: readonly CellFault[]
}

/** Where one row is typed, or many are taken in. */
function Entry({ predictor, manifest, form, faults }: EntryProps) {
  const { t } = useTranslation()
  const { input, setInput, change, take, reset } = form
  const { mode, draft, imported } = input
  return (
    <Flex vertical gap="middle" style={{ minWidth: 0, marginBottom: 16 }}>
      <Segmented<FormInput['mode']>
        aria-label={t('form.mode.label')}
        value={mode}
        options={(['one', 'many'] as const).map((value) => ({ value, label: t(`form.mode.${value}`) }))}
        style={{ alignSelf: 'flex-start' }}
        onChange={(next) => setInput((before) => ({ ...before, mode: next }))}
      />
      {mode === 'one' && (
        <>
          <FillFrom predictor={predictor} manifest={manifest} onRows={take} onDefaults={reset} />
          <ManifestForm manifest={manifest} draft={draft} faults={faults} onChange={change} />
        </>
      )}
      {mode === 'many' && imported === undefined && <RowsInput manifest={manifest} onRows={take} />}
      {mode === 'many' && imported !== undefined && (
        <RowsView
          key={imported.source}
          manifest={manifest}
          imported={imported}
          faults={faults}
          onChange={(next) => setInput(() => ({ mode, draft, ...(next && { imported: next }) }))}
        />
      )}
    </Flex>
  )
}

/** What would be sent, and what is wrong with it. */
function useChecked(predictor: Predictor, manifest: Manifest, input: FormInput) {
  const decimalComma = useLanguage() === 'ru'
  const { mode, draft, imported } = input
  return useMemo(() => {
    const data = mode === 'one' ? columnsOfDraft(manifest.features, draft, decimalComma) : (imported?.columns ?? {})
    const rows = mode === 'one' ? 1 : (imported?.rows ?? 0)
    const faults = rows === 0 ? [] : checkColumns(manifest, data)
    return { ask: { model_name: predictor.model_name, data }, rows, faults }
  }, [predictor, manifest, mode, draft, imported, decimalComma])
}

/** What the server found that the form did not. */
function faultsTold(error: unknown): CellFault[] {
  return error instanceof ApiError && error.status === 422 ? error.faults.map(cellOf) : []
}
