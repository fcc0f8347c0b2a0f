import type { Job } from '../api/types.ts'
import type { JobStatus } from '../pages/jobs/filters.ts'

export type RowResult = NonNullable<Job['results']>[number]

/** Of an answer to one row, or of what was asked in it. */
export type Value = number | string | null

export const isOpen = ({ status }: { status: JobStatus }) => status === 'queued' || status === 'running'

/** Only what has not started can be called off. */
export const isCancellable = ({ status }: { status: JobStatus }) => status === 'queued'

/** What became of the price: held while the job is open, paid when it answered, else given back. */
export function moneyOf({ status }: { status: JobStatus }): 'held' | 'captured' | 'released' {
  if (status === 'queued' || status === 'running') return 'held'
  return status === 'finished' ? 'captured' : 'released'
}

export interface Stage {
  name: 'created' | 'started' | 'ended'
  /** Absent: it has not come to that, or never will. */
  at: string | undefined
  /** Since the stage before. */
  afterMs: number | undefined
}

/** The life of a job in three stages. */
export function stagesOf({ created_at, started_at, finished_at }: Job): Stage[] {
  const stage = (name: Stage['name'], at: string | null, since: string | null): Stage => ({
    name,
    at: at ?? undefined,
    afterMs: at === null || since === null ? undefined : Math.max(0, Date.parse(at) - Date.parse(since)),
  })
  return [
    stage('created', created_at, null),
    stage('started', started_at, created_at),
    stage('ended', finished_at, started_at ?? created_at),
  ]
}

/** What one row was asked with; the columns of the API hold one array a feature. */
export function inputOfRow({ data }: Pick<Job, 'data'>, row: number): Record<string, Value> {
  return Object.fromEntries(Object.entries(data).map(([name, column]) => [name, valueAt(column, row)]))
}

function valueAt(column: unknown, row: number): Value {
  const value: unknown = Array.isArray(column) ? column[row] : column
  return typeof value === 'number' || typeof value === 'string' ? value : null
}
