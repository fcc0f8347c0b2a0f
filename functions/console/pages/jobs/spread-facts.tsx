import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { RowResult } from '../../parts/job-facts.ts'
import type { JobTerms } from '../../parts/job-terms.ts'
import { useNumberTexts } from '../../parts/number-texts.ts'
import { Facts } from './facts.tsx'
import { type Spread, spreadOf } from './spread.ts'

const names = ['lowest', 'median', 'mean', 'highest'] as const satisfies readonly (keyof Spread)[]

/** The numbers of many rows in four; classes have none. */
export function SpreadFacts({ results, output }: { results: readonly RowResult[]; output: JobTerms['output'] }) {
  const { t } = useTranslation()
  const { measure } = useNumberTexts()
  const spread = useMemo(() => spreadOf(results.map(({ value }) => value)), [results])
  if (spread === undefined || results[0]?.label !== undefined) return null
  const entries = names.map((name) => ({ name: t(`jobs.spread.${name}`), value: measure(spread[name], output.unit) }))
  return (
    <div style={{ marginBottom: 16 }}>
      <Facts entries={entries} />
    </div>
  )
}
