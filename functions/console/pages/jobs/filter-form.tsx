import { Button, Flex, Input, Select } from 'antd'
import { type ReactNode, useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePredictors } from '../../api/hooks.ts'
import { areAnyFilters, type JobFilters, type JobStatus, jobStatuses } from './filters.ts'
import { ModelName } from './model-name.tsx'

interface FilterFormProps {
  filters: JobFilters
  onChange(filters: JobFilters): void
  onClear(): void
}

/** Narrows the list; every choice takes effect at once. */
export function FilterForm({ filters, onChange, onClear }: FilterFormProps) {
  const { t } = useTranslation()
  const { data: predictors = [] } = usePredictors()
  const change = (part: Partial<JobFilters>) => onChange({ ...filters, ...part })
  const models = predictors.map(({ model_name }) => ({
    value: model_name,
    label: <ModelName name={model_name} />,
  }))
  return (
    <search aria-label={t('jobs.filters.title')}>
      <Flex gap="small" wrap align="end" style={{ marginBottom: 16 }}>
        <SearchField search={filters.search} onChange={(search) => change({ search })} />
        <Field label={t('jobs.filters.model')}>
          {(id) => (
            <Select
              id={id}
              allowClear
              value={filters.model || null}
              placeholder={t('jobs.filters.any')}
              options={models}
              onChange={(model) => change({ model: model ?? '' })}
              style={{ width: '100%' }}
            />
          )}
        </Field>
        <Field label={t('jobs.filters.status')}>
          {(id) => (
            <Select<JobStatus[]>
              id={id}
              mode="multiple"
              allowClear
              maxTagCount="responsive"
              value={[...filters.statuses]}
              placeholder={t('jobs.filters.any')}
              options={jobStatuses.map((status) => ({ value: status, label: t(`jobs.status.${status}`) }))}
              onChange={(statuses) => change({ statuses })}
              style={{ width: '100%' }}
            />
          )}
        </Field>
        {(['from', 'to'] as const).map((end) => (
          <Field key={end} label={t(`jobs.filters.${end}`)}>
            {(id) => (
              <Input
                id={id}
                type="date"
                value={filters[end]}
                onChange={({ target }) => change({ [end]: target.value })}
              />
            )}
          </Field>
        ))}
        {areAnyFilters(filters) && <Button onClick={onClear}>{t('jobs.filters.clear')}</Button>}
      </Flex>
    </search>
  )
}

function Field({ label, children }: { label: string; children(id: string): ReactNode }) {
  const id = useId()
  return (
    <div style={{ flex: '1 1 150px', maxWidth: 240, minWidth: 0 }}>
      <label htmlFor={id} style={{ display: 'block', marginBottom: 4 }}>
        {label}
      </label>
      {children(id)}
    </div>
  )
}

const typingPauseMs = 300

/** Waits for the end of a word before it asks. */
function SearchField({ search, onChange }: { search: string; onChange(search: string): void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(search)
  useEffect(() => setTyped(search), [search])
  useEffect(() => {
    if (typed === search) return
    const timer = window.setTimeout(() => onChange(typed), typingPauseMs)
    return () => window.clearTimeout(timer)
  })
  return (
    <Field label={t('jobs.filters.search')}>
      {(id) => (
        <Input
          id={id}
          type="search"
          allowClear
          value={typed}
          placeholder={t('jobs.filters.search_hint')}
          onChange={({ target }) => setTyped(target.value)}
          onPressEnter={() => onChange(typed)}
        />
      )}
    </Field>
  )
}
