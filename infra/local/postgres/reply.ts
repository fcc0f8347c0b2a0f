import { type Field, faultFields, type PostgresFault, type StatementResult } from './backend.ts'
import type { SqlRequest } from './request.ts'
import { textToJson } from './text-to-json.ts'

/** The reply body of a request, as the HTTP driver reads it. */
export function writeReply(request: SqlRequest, results: readonly StatementResult[]): string {
  const written = results.map((result) => writeResult(request, result))
  return request.transaction ? `{"results":[${written.join(',')}]}` : (written[0] ?? '{}')
}

export function writeFault({ message, fields }: PostgresFault): string {
  return JSON.stringify({ message, ...Object.fromEntries(faultFields.map((name) => [name, fields[name] ?? null])) })
}

function writeResult({ arrayMode, rawText }: SqlRequest, result: StatementResult): string {
  const { command, rowCount, fields } = result
  const typed = rawText ? result.rows : result.rows.map((row) => row.map((text, i) => asJson(text, fields[i])))
  const rows = arrayMode
    ? typed
    : typed.map((row) => Object.fromEntries(row.map((value, i) => [fields[i]?.name, value])))
  return `{"command":${JSON.stringify(command)},"rowCount":${rowCount},"rows":${JSON.stringify(rows)},"fields":${writeFields(fields)},"rowAsArray":${arrayMode}}`
}

function asJson(text: string | null, field: Field | undefined): unknown {
  return text === null || field === undefined ? text : textToJson(text, field.dataTypeID)
}

/** A prepared statement has one list of fields for all its executions. */
const writtenFields = new WeakMap<readonly Field[], string>()

function writeFields(fields: readonly Field[]): string {
  let written = writtenFields.get(fields)
  if (written === undefined) {
    written = JSON.stringify(fields)
    writtenFields.set(fields, written)
  }
  return written
}
