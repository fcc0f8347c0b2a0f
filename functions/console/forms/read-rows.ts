import type { Manifest } from '#models/_runtime/manifest.ts'
import { type ImportedRows, UnreadableRows } from './rows.ts'
import { rowsFromCsv } from './rows-from-csv.ts'
import { rowsFromJson } from './rows-from-json.ts'

/** More than the API takes, so that columns which are not sent may be there. */
const MAXIMUM_TEXT_BYTES = 8 * 2 ** 20

/**
 * Reads what was pasted or dropped: JSON begins with a bracket, and everything else is a table.
 *
 * @throws UnreadableRows
 */
export function readRows(manifest: Pick<Manifest, 'features'>, text: string, source: string): ImportedRows {
  if (text.length > MAXIMUM_TEXT_BYTES) throw tooLarge()
  if (text.trim() === '') throw new UnreadableRows('nothing')
  const isJson = /^\ufeff?\s*[[{]/.test(text)
  return isJson ? rowsFromJson(manifest, text, source) : rowsFromCsv(manifest, text, source)
}

/** @throws UnreadableRows when it is too large, or no text */
export async function readRowsOfFile(manifest: Pick<Manifest, 'features'>, file: File): Promise<ImportedRows> {
  if (file.size > MAXIMUM_TEXT_BYTES) throw tooLarge()
  return readRows(manifest, decode(await file.arrayBuffer()), file.name)
}

/** Spreadsheets also save as UTF-16, with a mark that says so. */
function decode(bytes: ArrayBuffer): string {
  const [first, second] = new Uint8Array(bytes)
  const encoding = first === 0xff && second === 0xfe ? 'utf-16le' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new UnreadableRows('not_text')
  }
}

function tooLarge(): UnreadableRows {
  return new UnreadableRows('too_large', { megabytes: MAXIMUM_TEXT_BYTES / 2 ** 20 })
}
