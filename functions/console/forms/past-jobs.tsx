import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { keys } from '../api/keys.ts'
import type { Job } from '../api/types.ts'
import { useFormats } from '../parts/formats.ts'

interface PastJobsProps {
  model: string
  onChoice(job: Job): void
}

const SHOWN = 10

/** The last jobs of a predictor, to begin anew from what was sent then; asked for when somebody looks. */
export function PastJobs({ model, onChoice }: PastJobsProps) {
  const { t } = useTranslation()
  const { moment, number } = useFormats()
  const [isOpen, setOpen] = useState(false)
  const query = { model_name: model, expand: 'true', limit: SHOWN }
  const { data, isFetching, error } = useQuery({
    queryKey: [...keys.jobs, 'past', model],
    queryFn: async ({ signal }) => (await call<{ jobs: Job[] }>('/history', { query, signal })).jobs,
    enabled: isOpen,
  })
  const jobs = data ?? []
  const labelOf = ({ created_at, rows, result }: Job) =>
    t(rows === 1 && result !== null ? 'form.past.one' : 'form.past.many', {
      at: moment(created_at),
      count: rows,
      result: number(Number((result ?? 0).toPrecision(5))),
    })
  return (
    <Select<string>
      aria-label={t('form.past.choose')}
      placeholder={t('form.past.choose')}
      value={null}
      loading={isFetching}
      popupMatchSelectWidth={false}
      notFoundContent={t(error === null ? (isFetching ? 'loading' : 'form.past.none') : 'form.past.failed')}
      options={jobs.map((job) => ({ value: job.job_id, label: labelOf(job) }))}
      style={{ minWidth: 190 }}
      onOpenChange={setOpen}
      onChange={(id) => {
        const job = jobs.find(({ job_id }) => job_id === id)
        if (job) onChoice(job)
      }}
    />
  )
}
