import { Alert, Button, Flex } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Manifest } from '#models/_runtime/manifest.ts'
import type { Job, Predictor } from '../api/types.ts'
import { Failure } from '../parts/failure.tsx'
import { useFormats } from '../parts/formats.ts'
import { useFeatureTexts } from './feature-texts.ts'
import { keptColumns } from './form-input.ts'
import { PastJobs } from './past-jobs.tsx'
import { type ImportedRows, UnreadableRows } from './rows.ts'
import { rowsFromValue } from './rows-from-json.ts'
import { RowsInput } from './rows-input.tsx'
import { useJobToBeginFrom } from './use-job-to-begin-from.ts'

interface FillFromProps {
  predictor: Predictor
  manifest: Manifest
  onRows(imported: ImportedRows): void
  onDefaults(): void
}

/** Ways to fill the fields: the defaults, a job of before, a text or a file. */
export function FillFrom({ predictor, manifest, onRows, onDefaults }: FillFromProps) {
  const { t } = useTranslation()
  const [isImporting, setImporting] = useState(false)
  const [taken, setTaken] = useState<ImportedRows>()
  const take = (imported: ImportedRows) => {
    setTaken(imported)
    setImporting(false)
    onRows(imported)
  }
  const refill = () => {
    setTaken(undefined)
    onDefaults()
  }
  const { takeJob, beginning } = useJobs(manifest, take)
  return (
    <Flex vertical gap="small">
      <Flex wrap gap="small">
        <Button onClick={refill}>{t('form.defaults')}</Button>
        <PastJobs model={predictor.model_name} onChoice={takeJob} />
        <Button aria-expanded={isImporting} onClick={() => setImporting(!isImporting)}>
          {t('form.import.open')}
        </Button>
      </Flex>
      {beginning.error !== null && <Failure error={beginning.error} onRetry={() => beginning.refetch()} />}
      {isImporting && <RowsInput manifest={manifest} onRows={take} />}
      {taken && <Taken manifest={manifest} imported={taken} onClose={() => setTaken(undefined)} />}
    </Flex>
  )
}

function useJobs(manifest: Manifest, take: (imported: ImportedRows) => void) {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const takeJob = ({ data, created_at }: Job) => {
    try {
      take(rowsFromValue(manifest, data, t('form.past.source', { at: moment(created_at) })))
    } catch (error) {
      if (!(error instanceof UnreadableRows)) throw error
    }
  }
  const beginning = useJobToBeginFrom(takeJob)
  return { takeJob, beginning }
}

/** Where the values come from, and which stayed as they were. */
function Taken({ manifest, imported, onClose }: { manifest: Manifest; imported: ImportedRows; onClose(): void }) {
  const { t } = useTranslation()
  const texts = useFeatureTexts(manifest.domain)
  const kept = keptColumns(manifest, imported)
  const labels = manifest.features.filter(({ name }) => kept.includes(name)).map(texts.label)
  const notes = [
    ...(labels.length > 0 ? [t('form.taken.kept', { columns: labels.join(', ') })] : []),
    ...(imported.ignored.length > 0 ? [t('form.rows.ignored', { columns: imported.ignored.join(', ') })] : []),
  ]
  return (
    <Alert
      type="success"
      showIcon
      role="status"
      title={t('form.taken.title', { source: imported.source })}
      description={notes.length > 0 && notes.map((note) => <div key={note}>{note}</div>)}
      closable={{ onClose }}
    />
  )
}
