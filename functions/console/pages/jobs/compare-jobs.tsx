import { Checkbox, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { Job } from '../../api/types.ts'
import { Failure } from '../../parts/failure.tsx'
import { useJobTerms } from '../../parts/job-terms.ts'
import { LinkButton } from '../../shell/link-button.tsx'
import { PageTitle } from '../../shell/page-title.tsx'
import { ComparedContributions } from './charts/compared-contributions.tsx'
import { compareRecords } from './compare.ts'
import { ComparedChange } from './compared-change.tsx'
import { type ComparedFact, ComparedFacts } from './compared-facts.tsx'
import { useComparedInputs, useComparedResults, useComparedSummaries } from './compared-parts.tsx'
import { useLiveJob } from './jobs-api.ts'
import { Section } from './section.tsx'

/** Two jobs beside each other: what was different, and what that did. */
export default function CompareJobs() {
  const { t } = useTranslation()
  const [address] = useSearchParams()
  const first = useLiveJob(address.get('a') ?? '')
  const second = useLiveJob(address.get('b') ?? '')
  const failed = [first, second].find(({ error }) => error !== null)
  const areNamed = address.has('a') && address.has('b')
  return (
    <>
      <PageTitle title="jobs.compare.title">
        <LinkButton to="/console/jobs">{t('jobs.missing.back')}</LinkButton>
      </PageTitle>
      {!areNamed && <p>{t('jobs.compare.how')}</p>}
      {failed && <Failure error={failed.error} onRetry={() => failed.refetch()} />}
      {areNamed && !failed && (first.isPending || second.isPending) && <Skeleton active paragraph={{ rows: 8 }} />}
      {first.data && second.data && <Comparison first={first.data} second={second.data} />}
    </>
  )
}

function Comparison({ first, second }: { first: Job; second: Job }) {
  const { t } = useTranslation()
  const terms = useJobTerms(first.model_name)
  const [areSameShown, setSameShown] = useState(false)
  const parts: [title: string, facts: ComparedFact[]][] = [
    [t('jobs.fields.result'), useComparedResults(first, second)],
    [t('jobs.input'), useComparedInputs(first, second)],
    [t('jobs.summary'), useComparedSummaries(first, second)],
  ]
  const contributions = compareRecords(
    first.results?.[0]?.contributions ?? {},
    second.results?.[0]?.contributions ?? {},
  )
  return (
    <>
      <Checkbox checked={!areSameShown} onChange={() => setSameShown(!areSameShown)} style={{ marginBottom: 16 }}>
        {t('jobs.compare.only_different')}
      </Checkbox>
      {(first.rows > 1 || second.rows > 1) && <p>{t('jobs.compare.first_rows')}</p>}
      {parts.map(([title, facts]) => (
        <Section key={title} title={title}>
          {title === t('jobs.fields.result') && <ComparedChange first={first} second={second} />}
          <Shown title={title} facts={areSameShown ? facts : facts.filter(({ isDifferent }) => isDifferent)} />
        </Section>
      ))}
      {contributions.length > 0 && (
        <Section title={t('jobs.charts.contributions.title')}>
          <ComparedContributions lines={contributions} terms={terms} />
        </Section>
      )}
    </>
  )
}

function Shown({ title, facts }: { title: string; facts: readonly ComparedFact[] }) {
  const { t } = useTranslation()
  return facts.length === 0 ? t('jobs.compare.all_same') : <ComparedFacts label={title} facts={facts} />
}
