import type { JobStatus } from './filters.ts'

/** Told apart by shape, not by colour. */
const shapes: Record<JobStatus, string> = {
  queued: 'M8 4.5V8l2.5 1.5M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8z',
  running: 'M5 3.2 12.5 8 5 12.8z',
  finished: 'M3 8.5 6.5 12 13 4.5',
  failed: 'M4 4l8 8M12 4l-8 8',
  cancelled: 'M3.6 3.6l8.8 8.8M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8z',
}

export function StatusIcon({ status }: { status: JobStatus }) {
  return (
    <svg width="1em" height="1em" viewBox="0 0 16 16" aria-hidden="true" style={{ verticalAlign: '-0.125em' }}>
      <path
        d={shapes[status]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
