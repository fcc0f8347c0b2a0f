import type { Health } from './admin-api.ts'

export interface CheckRow {
  service: string
  status: 'up' | 'down'
  latency_ms: number
}

/** The services that were checked: what is down comes first, then by name. */
export function checkRows({ checks }: Health): CheckRow[] {
  const rows = Object.entries(checks).map(([service, check]) => ({ service, ...check }))
  const isUp = ({ status }: CheckRow) => (status === 'up' ? 1 : 0)
  return rows.sort((a, b) => isUp(a) - isUp(b) || a.service.localeCompare(b.service))
}
