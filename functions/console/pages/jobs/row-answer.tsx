import { Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Job } from '../../api/types.ts'
import { answerAddress } from '../../domains/asked-at.ts'
import { ContributionsChart } from '../../parts/charts/contributions-chart.tsx'
import { inputOfRow, type RowResult } from '../../parts/job-facts.ts'
import { useJobTerms } from '../../parts/job-terms.ts'
import { useNumberTexts } from '../../parts/number-texts.ts'
import { IntervalChart } from './charts/interval-chart.tsx'
import { ProbabilitiesChart } from './charts/probabilities-chart.tsx'

/** What came out for one row, how sure that is, and why. */
export function RowAnswer({ job, row }: { job: Job; row: number }) {
  const terms = useJobTerms(job.model_name)
  const { t } = useTranslation()
  const result = job.results?.[row]
  const elsewhere = answerAddress(job)
  if (result === undefined) return null
  const { value, interval, contributions, probabilities } = result
  return (
    <>
      <Headline result={result} output={terms.output} />
      {elsewhere !== undefined && <Link to={elsewhere}>{t('jobs.see_answer')}</Link>}
      {probabilities && <ProbabilitiesChart probabilities={probabilities} />}
      {interval && <IntervalChart value={value} interval={interval} output={terms.output} />}
      {contributions && (
        <ContributionsChart value={value} contributions={contributions} input={inputOfRow(job, row)} terms={terms} />
      )}
    </>
  )
}

interface HeadlineProps {
  result: RowResult
  output: { label: string; unit: string }
}

function Headline({ result: { value, label, interval }, output }: HeadlineProps) {
  const { t } = useTranslation()
  const { measure, share } = useNumberTexts()
  const text = label === undefined ? measure(value, output.unit) : label
  return (
    <div style={{ marginBottom: 16 }}>
      <Typography.Text type="secondary">{output.label}</Typography.Text>
      <div>
        <Typography.Text strong style={{ fontSize: 28, lineHeight: 1.3 }} data-testid="result">
          {text}
        </Typography.Text>
      </div>
      {interval && (
        <Typography.Text>
          {t('jobs.interval', {
            lower: measure(interval.lower),
            upper: measure(interval.upper, output.unit),
            share: share(interval.coverage),
          })}
        </Typography.Text>
      )}
    </div>
  )
}
