import { theme } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Tone, useTones } from '../../parts/tones.ts'
import type { JobStatus } from './filters.ts'
import { StatusIcon } from './status-icon.tsx'

const toneOf: Record<JobStatus, Tone> = {
  queued: 'neutral',
  running: 'info',
  finished: 'good',
  failed: 'bad',
  cancelled: 'neutral',
}

/** The state of a job in words, with a sign. */
export function StatusLabel({ status }: { status: JobStatus }) {
  const { t } = useTranslation()
  const { token } = theme.useToken()
  const tones = useTones()
  return (
    <span style={{ color: tones[toneOf[status]], whiteSpace: 'nowrap', fontWeight: token.fontWeightStrong }}>
      <StatusIcon status={status} /> {t(`jobs.status.${status}`)}
    </span>
  )
}
