import type { CallOptions } from '../../api/call.ts'
import type { Job } from '../../api/types.ts'

export type JobStatus = Job['status']

export const jobStatuses = [
  'queued',
  'running',
  'finished',
  'failed',
  'cancelled',
] as const satisfies readonly JobStatus[]

/** Which jobs the list shows; days are those of the person's own time zone, `to` included. */
export interface JobFilters {
  search: string
  model: string
  statuses: readonly JobStatus[]
  from: string
  to: string
}

const day = /^\d{4}-\d{2}-\d{2}$/

/** Filters live in the address, so that they can be kept, shared, and gone back to. */
export function readFilters(address: URLSearchParams): JobFilters {
  const asked = new Set((address.get('status') ?? '').split(','))
  return {
    search: address.get('search') ?? '',
    model: address.get('model') ?? '',
    statuses: jobStatuses.filter((status) => asked.has(status)),
    from: readDay(address.get('from')),
    to: readDay(address.get('to')),
  }
}

export function writeFilters({ statuses, ...filters }: JobFilters): URLSearchParams {
  const entries = Object.entries({ ...filters, status: statuses.join(',') })
  return new URLSearchParams(entries.filter(([, value]) => value !== ''))
}

export const areAnyFilters = (filters: JobFilters) => writeFilters(filters).size > 0

/** What `GET /history` is asked for. */
export function historyQuery(filters: JobFilters): NonNullable<CallOptions['query']> {
  return {
    expand: 'true',
    search: filters.search.trim() || undefined,
    model_name: filters.model || undefined,
    status: filters.statuses.join(',') || undefined,
    created_from: filters.from === '' ? undefined : midnight(filters.from, 0),
    created_before: filters.to === '' ? undefined : midnight(filters.to, 1),
  }
}

function readDay(text: string | null): string {
  return text !== null && day.test(text) && !Number.isNaN(Date.parse(text)) ? text : ''
}

/** Where a day begins here, or one that so many days later does. */
function midnight(text: string, daysLater: number): string {
  const at = new Date(`${text}T00:00:00`)
  at.setDate(at.getDate() + daysLater)
  return at.toISOString()
}
