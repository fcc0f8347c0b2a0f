import type { Job, Predictor } from '../../api/types.ts'

/**
 * The answer of a job in a few words, where it has one row.
 *
 * @param predictor as it is on offer; without it a number has no unit
 */
export function describeResult(
  { status, rows, results }: Pick<Job, 'status' | 'rows' | 'results'>,
  predictor: Pick<Predictor, 'output'> | undefined,
  format: (value: number) => string,
): string | undefined {
  const [row] = results ?? []
  if (status !== 'finished' || rows !== 1 || row === undefined) return undefined
  if (row.label !== undefined) return row.label
  const unit = predictor?.output.unit ?? ''
  return `${format(rounded(row.value))} ${unit}`.trimEnd()
}

const DIGITS = 4

/** A glance does not need more digits; whole numbers keep all of theirs. */
function rounded(value: number): number {
  return Math.abs(value) >= 10 ** DIGITS ? Math.round(value) : Number(value.toPrecision(DIGITS))
}
