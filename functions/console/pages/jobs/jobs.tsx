import { Button, Checkbox, Flex, theme } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import type { Job } from '../../api/types.ts'
import { askAgainAddress } from '../../domains/asked-at.ts'
import { PagedRecords } from '../../parts/paged-records.tsx'
import type { Column } from '../../parts/records.tsx'
import { When } from '../../parts/when.tsx'
import { LinkButton } from '../../shell/link-button.tsx'
import { PageTitle } from '../../shell/page-title.tsx'
import { CancelButton } from './cancel-button.tsx'
import { ConnectionLabel } from './connection-label.tsx'
import { FilterForm } from './filter-form.tsx'
import { areAnyFilters, type JobFilters, readFilters, writeFilters } from './filters.ts'
import { JobAnswer } from './job-answer.tsx'
import { JobPrice } from './job-price.tsx'
import { useHistory } from './jobs-api.ts'
import { ModelName } from './model-name.tsx'
import { ShortId } from './short-id.tsx'
import { StatusLabel } from './status-label.tsx'

/** All jobs of the person, newest first, as they are now. */
export default function Jobs() {
  const { t } = useTranslation()
  const [address, setAddress] = useSearchParams()
  const filters = readFilters(address)
  const history = useHistory(filters)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const narrow = (next: JobFilters) => setAddress(writeFilters(next), { replace: true })
  const clear = () => setAddress({}, { replace: true })
  const jobs = history.data?.pages.flatMap((page) => page.jobs ?? []) ?? []
  return (
    <>
      <PageTitle title="jobs.title">
        <ConnectionLabel />
      </PageTitle>
      <FilterForm filters={filters} onChange={narrow} onClear={clear} />
      {chosen.length > 0 && <Comparison chosen={chosen} onClear={() => setChosen([])} />}
      <PagedRecords
        label={t('jobs.title')}
        list={history}
        rows={jobs}
        idOf={({ job_id }) => job_id}
        columns={useColumns(chosen, setChosen)}
        empty={areAnyFilters(filters) ? <NothingFound onClear={clear} /> : <NothingYet />}
      />
    </>
  )
}

type Choose = (chosen: readonly string[]) => void

function useColumns(chosen: readonly string[], choose: Choose): Column<Job>[] {
  const { t } = useTranslation()
  return [
    { key: 'job', title: t('jobs.fields.job'), render: ({ job_id }) => <ShortId id={job_id} /> },
    { key: 'status', title: t('jobs.fields.status'), render: ({ status }) => <StatusLabel status={status} /> },
    { key: 'model', title: t('jobs.fields.model'), render: ({ model_name }) => <ModelName name={model_name} /> },
    { key: 'result', title: t('jobs.fields.result'), isNumber: true, render: (job) => <JobAnswer job={job} /> },
    { key: 'price', title: t('jobs.fields.price'), isNumber: true, render: (job) => <JobPrice job={job} /> },
    { key: 'created', title: t('jobs.fields.created'), render: ({ created_at }) => <When at={created_at} /> },
    {
      key: 'actions',
      title: t('jobs.fields.actions'),
      render: (job) => <Actions job={job} chosen={chosen} choose={choose} />,
    },
  ]
}

function Actions({ job, chosen, choose }: { job: Job; chosen: readonly string[]; choose: Choose }) {
  const { t } = useTranslation()
  const { job_id: id } = job
  const isChosen = chosen.includes(id)
  return (
    <Flex gap="small" wrap align="center" style={{ minWidth: 190 }}>
      <LinkButton size="small" to={askAgainAddress(job)} aria-label={t('jobs.run_again_named', { id: id.slice(-8) })}>
        {t('jobs.run_again')}
      </LinkButton>
      <CancelButton job={job} size="small" />
      <Checkbox
        checked={isChosen}
        disabled={!isChosen && chosen.length >= 2}
        aria-label={t('jobs.compare.choose_named', { id: id.slice(-8) })}
        onChange={() => choose(isChosen ? chosen.filter((other) => other !== id) : [...chosen, id])}
      >
        {t('jobs.compare.choose')}
      </Checkbox>
    </Flex>
  )
}

function Comparison({ chosen: [first, second], onClear }: { chosen: readonly string[]; onClear(): void }) {
  const { t } = useTranslation()
  const { token } = theme.useToken()
  const address = `/console/jobs/compare?${new URLSearchParams({ a: first ?? '', b: second ?? '' })}`
  const bar = {
    position: 'sticky',
    top: 0,
    zIndex: 2,
    padding: 8,
    marginBottom: 8,
    color: token.colorText,
    background: token.colorInfoBg,
    borderRadius: token.borderRadius,
  } as const
  return (
    <Flex gap="small" wrap align="center" style={bar} role="status">
      <span style={{ flex: 1, minWidth: 140 }}>{t(second ? 'jobs.compare.ready' : 'jobs.compare.one_more')}</span>
      {second !== undefined && (
        <LinkButton type="primary" to={address}>
          {t('jobs.compare.do')}
        </LinkButton>
      )}
      <Button onClick={onClear}>{t('jobs.compare.none')}</Button>
    </Flex>
  )
}

function NothingFound({ onClear }: { onClear(): void }) {
  const { t } = useTranslation()
  return (
    <>
      <p>{t('jobs.nothing_found')}</p>
      <Button onClick={onClear}>{t('jobs.filters.clear')}</Button>
    </>
  )
}

function NothingYet() {
  const { t } = useTranslation()
  return (
    <>
      <p>{t('jobs.nothing_yet')}</p>
      <Link to="/console/predictors">{t('jobs.to_predictors')}</Link>
    </>
  )
}
