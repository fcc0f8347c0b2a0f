import { useTranslation } from 'react-i18next'
import type { Job } from '../../api/types.ts'
import { useJobTerms } from '../../parts/job-terms.ts'
import { useNumberTexts } from '../../parts/number-texts.ts'
import { changeBetween } from './compare.ts'

/** How far the results are apart, where they are numbers of one kind. */
export function ComparedChange({ first, second }: { first: Job; second: Job }) {
  const { t } = useTranslation()
  const { measure, share } = useNumberTexts()
  const { unit } = useJobTerms(first.model_name).output
  const { unit: otherUnit } = useJobTerms(second.model_name).output
  const [a] = first.results ?? []
  const [b] = second.results ?? []
  if (a === undefined || b === undefined || a.label !== undefined || unit !== otherUnit) return null
  const { absolute, relative = 0 } = changeBetween(a.value, b.value)
  if (absolute === 0) return <p>{t('jobs.compare.equal')}</p>
  const words = { change: measure(Math.abs(absolute), unit), share: share(Math.abs(relative)) }
  return <p>{t(absolute > 0 ? 'jobs.compare.higher' : 'jobs.compare.lower', words)}</p>
}
