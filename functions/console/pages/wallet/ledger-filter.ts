import { ENTRY_KINDS, type EntryKind } from './entries.ts'

/** Which entries are looked at: all of them where nothing is chosen. */
export interface LedgerFilter {
  kind?: EntryKind
  /** First and last day, in the time zone of the reader, as `YYYY-MM-DD`. */
  from?: string
  to?: string
}

export const FILTER_NAMES = ['kind', 'from', 'to'] as const

/** The filter that an address of the page names; what is no good in it is left out. */
export function readFilter(search: URLSearchParams): LedgerFilter {
  const kind = ENTRY_KINDS.find((known) => known === search.get('kind'))
  const from = asDay(search.get('from'))
  const to = asDay(search.get('to'))
  return { ...(kind && { kind }), ...(from && { from }), ...(to && { to }) }
}

function asDay(text: string | null): string | undefined {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  return Number.isNaN(startOf(text).getTime()) ? undefined : text
}

/** Without a zone a date with a time is one of the reader's own time zone. */
const startOf = (day: string) => new Date(`${day}T00:00:00`)

/** What the API is asked for: its periods end before a moment, so that the last day is told by the next one's start. */
export function queryOf({ kind, from, to }: LedgerFilter) {
  return { kind, created_from: from && startOf(from).toISOString(), created_before: to && dayAfter(to).toISOString() }
}

function dayAfter(day: string): Date {
  const next = startOf(day)
  // By the calendar: not every day has 24 hours.
  next.setDate(next.getDate() + 1)
  return next
}

/** Is the whole ledger looked at? Of a part neither balances nor what became of a hold can be told. */
export const isWhole = (filter: LedgerFilter) => Object.keys(filter).length === 0

/** The filter as a part of a file's name. */
export function nameOf({ kind, from, to }: LedgerFilter): string {
  return [kind ?? 'all', from && `from-${from}`, to && `to-${to}`].filter((part) => part !== undefined).join('-')
}
