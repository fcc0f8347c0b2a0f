import type { Page } from '../../api/types.ts'
import { writeCsv } from '../../parts/write-csv.ts'
import type { Entry } from './entries.ts'
import { type LedgerFilter, nameOf } from './ledger-filter.ts'

export const EXPORT_FORMATS = ['csv', 'json'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

interface Collecting {
  /** Asks for the page that begins at a cursor. */
  readPage(cursor: string | undefined): Promise<Page<Entry>>
  signal: AbortSignal
  onProgress(count: number): void
}

/** All pages of the ledger, one after the other; a signal ends it between two of them. */
export async function collectEntries({ readPage, signal, onProgress }: Collecting): Promise<Entry[]> {
  const entries: Entry[] = []
  let cursor: string | undefined
  do {
    const page = await readPage(cursor)
    signal.throwIfAborted()
    entries.push(...page.items)
    onProgress(entries.length)
    cursor = page.next_cursor ?? undefined
  } while (cursor !== undefined)
  return entries
}

const COLUMNS = ['created_at', 'kind', 'amount', 'moved', 'debit_account', 'credit_account', 'job_id', 'id'] as const

export interface ExportFile {
  name: string
  mediaType: string
  text: string
}

/** A file of entries, named by what is in it and the day. */
export function writeEntries(
  entries: readonly Entry[],
  format: ExportFormat,
  filter: LedgerFilter,
  now: Date,
): ExportFile {
  const name = `auspex-ledger-${nameOf(filter)}-${now.toISOString().slice(0, 10)}.${format}`
  return format === 'csv'
    ? { name, mediaType: 'text/csv;charset=utf-8', text: writeCsv(COLUMNS, entries) }
    : { name, mediaType: 'application/json', text: `${JSON.stringify(entries, null, 2)}\n` }
}
