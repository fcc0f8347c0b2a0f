import { type FaultFields, type Field, PostgresFault } from './backend.ts'

/** What the server sent back, one call for each message of interest, in order. */
export interface ReplyReader {
  described(fields: Field[]): void
  row(values: (string | null)[]): void
  completed(tag: string): void
  failed(fault: PostgresFault): void
  ready(status: TransactionStatus): void
}

/** I: idle, T: in a transaction, E: in a failed transaction. */
export type TransactionStatus = 'I' | 'T' | 'E'

/** Reads the messages of the Postgres wire protocol (version 3, text format) that answer statements. */
export function readReplies(bytes: Buffer, reader: ReplyReader) {
  let offset = 0
  while (offset < bytes.length) {
    const code = bytes[offset]
    const start = offset + 5
    offset += 1 + bytes.readInt32BE(offset + 1)
    switch (code) {
      case 0x44: // D
        reader.row(readRow(bytes, start))
        break
      case 0x54: // T
        reader.described(readFields(bytes, start))
        break
      case 0x6e: // n: no rows to describe
        reader.described([])
        break
      case 0x43: // C
        reader.completed(bytes.toString('latin1', start, offset - 1))
        break
      case 0x49: // I: the statement was empty
        reader.completed('')
        break
      case 0x45: // E
        reader.failed(readFault(bytes, start))
        break
      case 0x5a: // Z
        reader.ready(readStatus(bytes[start]))
        break
    }
  }
}

function readRow(bytes: Buffer, start: number): (string | null)[] {
  const count = bytes.readInt16BE(start)
  const values = new Array<string | null>(count)
  let offset = start + 2
  for (let i = 0; i < count; i++) {
    const length = bytes.readInt32BE(offset)
    offset += 4
    if (length === -1) {
      values[i] = null
    } else {
      values[i] = bytes.toString('utf8', offset, offset + length)
      offset += length
    }
  }
  return values
}

function readFields(bytes: Buffer, start: number): Field[] {
  const fields: Field[] = []
  let offset = start + 2
  for (let i = bytes.readInt16BE(start); i > 0; i--) {
    const end = bytes.indexOf(0, offset)
    const name = bytes.toString('utf8', offset, end)
    fields.push({
      name,
      tableID: bytes.readUInt32BE(end + 1),
      columnID: bytes.readInt16BE(end + 5),
      dataTypeID: bytes.readUInt32BE(end + 7),
      dataTypeSize: bytes.readInt16BE(end + 11),
      dataTypeModifier: bytes.readInt32BE(end + 13),
      format: 'text',
    })
    offset = end + 19
  }
  return fields
}

const faultCodes: Record<string, keyof FaultFields | 'message'> = {
  M: 'message',
  S: 'severity',
  C: 'code',
  D: 'detail',
  H: 'hint',
  P: 'position',
  p: 'internalPosition',
  q: 'internalQuery',
  W: 'where',
  s: 'schema',
  t: 'table',
  c: 'column',
  d: 'dataType',
  n: 'constraint',
  F: 'file',
  L: 'line',
  R: 'routine',
}

function readFault(bytes: Buffer, start: number): PostgresFault {
  let message = 'unknown failure'
  const fields: FaultFields = {}
  let offset = start
  while (bytes[offset] !== 0) {
    const end = bytes.indexOf(0, offset + 1)
    const field = faultCodes[String.fromCharCode(bytes[offset] ?? 0)]
    const value = bytes.toString('utf8', offset + 1, end)
    if (field === 'message') message = value
    else if (field) fields[field] = value
    offset = end + 1
  }
  return new PostgresFault(message, fields)
}

function readStatus(byte: number | undefined): TransactionStatus {
  return byte === 0x49 ? 'I' : byte === 0x54 ? 'T' : 'E'
}
