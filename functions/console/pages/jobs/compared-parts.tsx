import { useTranslation } from 'react-i18next'
import type { Job } from '../../api/types.ts'
import { inputOfRow, type RowResult } from '../../parts/job-facts.ts'
import { useJobTerms } from '../../parts/job-terms.ts'
import { useNumberTexts } from '../../parts/number-texts.ts'
import { When } from '../../parts/when.tsx'
import { compareRecords, featureOrder } from './compare.ts'
import type { ComparedFact } from './compared-facts.tsx'
import { JobPrice } from './job-price.tsx'
import { ModelName } from './model-name.tsx'
import { ShortId } from './short-id.tsx'
import { StatusLabel } from './status-label.tsx'

/** What the jobs are, and what they cost. */
export function useComparedSummaries(first: Job, second: Job): ComparedFact[] {
  const { t } = useTranslation()
  const fact = (
    name: string,
    of: (job: Job) => string | number,
    show: (job: Job) => React.ReactNode,
  ): ComparedFact => ({
    name: t(`jobs.fields.${name}`),
    first: show(first),
    second: show(second),
    isDifferent: of(first) !== of(second),
  })
  return [
    fact(
      'job',
      () => '',
      ({ job_id }) => <ShortId id={job_id} />,
    ),
    fact(
      'model',
      ({ model_name }) => model_name,
      ({ model_name }) => <ModelName name={model_name} />,
    ),
    fact(
      'version',
      ({ version_id }) => version_id,
      ({ version_id }) => `…${version_id.slice(-8)}`,
    ),
    fact(
      'status',
      ({ status }) => status,
      ({ status }) => <StatusLabel status={status} />,
    ),
    fact(
      'price',
      ({ price }) => price,
      (job) => <JobPrice job={job} />,
    ),
    fact(
      'rows',
      ({ rows }) => rows,
      ({ rows }) => t('jobs.rows', { count: rows }),
    ),
    fact(
      'created',
      () => '',
      ({ created_at }) => <When at={created_at} />,
    ),
  ]
}

/** What was asked, by the names of the first one's form. */
export function useComparedInputs(first: Job, second: Job): ComparedFact[] {
  const { value } = useNumberTexts()
  const terms = useJobTerms(first.model_name)
  const lines = compareRecords(inputOfRow(first, 0), inputOfRow(second, 0))
  const byName = new Map(lines.map((line) => [line.name, line]))
  return featureOrder([...byName.keys()], terms.features).map((name) => {
    const line = byName.get(name)
    return {
      name: terms.labelOf(name),
      first: value(terms.wordOf(name, line?.first), terms.unitOf(name)),
      second: value(terms.wordOf(name, line?.second), terms.unitOf(name)),
      isDifferent: line?.isDifferent ?? false,
    }
  })
}

/** What came out, and how far that is apart. */
export function useComparedResults(first: Job, second: Job): ComparedFact[] {
  const { t } = useTranslation()
  const { measure } = useNumberTexts()
  const outputs = [useJobTerms(first.model_name).output, useJobTerms(second.model_name).output] as const
  const results = [first.results?.[0], second.results?.[0]] as const
  const fact = (
    name: string,
    show: (result: RowResult | undefined, unit: string) => string | undefined,
  ): ComparedFact => {
    const shown = [show(results[0], outputs[0].unit), show(results[1], outputs[1].unit)] as const
    return {
      name,
      first: shown[0] ?? t('jobs.not_known'),
      second: shown[1] ?? t('jobs.not_known'),
      isDifferent: shown[0] !== shown[1],
    }
  }
  const range = ({ interval }: Partial<RowResult> = {}, unit: string) =>
    interval && t('jobs.range', { lower: measure(interval.lower), upper: measure(interval.upper, unit) })
  return [
    fact(outputs[0].label, (result, unit) => result && (result.label ?? measure(result.value, unit))),
    fact(t('jobs.charts.interval.title'), range),
  ]
}
