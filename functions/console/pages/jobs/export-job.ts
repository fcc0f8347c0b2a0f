import type { Job } from '../../api/types.ts'
import { inputOfRow, type RowResult } from '../../parts/job-facts.ts'
import { writeCsv } from '../../parts/write-csv.ts'

/** The job as the API tells it. */
export const jobAsJson = (job: Job) => `${JSON.stringify(job, null, 2)}\n`

/** A table with a line for each row of the job: what was asked, and what was answered. */
export function jobAsCsv(job: Job): string {
  const lines = (job.results ?? []).map((result, row) => ({ ...inputOfRow(job, row), ...answerOf(result) }))
  const columns = Object.keys(lines[0] ?? {})
  return writeCsv<Record<string, unknown>>(columns.length > 0 ? columns : Object.keys(job.data), lines)
}

/** What a predictor does not give has no column. */
function answerOf({ value, interval, label, probabilities, contributions }: RowResult): Record<string, unknown> {
  return {
    ...(label !== undefined && { predicted_label: label }),
    predicted: value,
    ...(interval && {
      predicted_lower: interval.lower,
      predicted_upper: interval.upper,
      predicted_coverage: interval.coverage,
    }),
    ...prefixed('probability of', probabilities),
    ...prefixed('contribution of', contributions),
  }
}

function prefixed(prefix: string, numbers: Readonly<Record<string, number>> = {}): Record<string, number> {
  return Object.fromEntries(Object.entries(numbers).map(([name, number]) => [`${prefix} ${name}`, number]))
}
