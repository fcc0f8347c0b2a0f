import { useTranslation } from 'react-i18next'
import type { Job } from '../../api/types.ts'
import { inputOfRow } from '../../parts/job-facts.ts'
import { useJobTerms } from '../../parts/job-terms.ts'
import { useNumberTexts } from '../../parts/number-texts.ts'
import { featureOrder } from './compare.ts'
import { Facts } from './facts.tsx'
import { Section } from './section.tsx'

/** What was asked, in the order of the form. */
export function JobInput({ job }: { job: Job }) {
  const { t } = useTranslation()
  const { value } = useNumberTexts()
  const terms = useJobTerms(job.model_name)
  const input = inputOfRow(job, 0)
  const entries = featureOrder(Object.keys(input), terms.features).map((name) => ({
    name: terms.labelOf(name),
    value: value(terms.wordOf(name, input[name]), terms.unitOf(name)),
  }))
  if (job.rows > 1) return null // each stands beside its answer
  return (
    <Section title={t('jobs.input')}>
      <Facts entries={entries} areMany />
    </Section>
  )
}
