/** One SQL statement with its parameters as Postgres reads them: text, or null. */
export interface Statement {
  query: string
  params: (string | null)[]
}

export const isolationLevels = ['ReadUncommitted', 'ReadCommitted', 'RepeatableRead', 'Serializable'] as const

export interface TransactionOptions {
  isolationLevel?: (typeof isolationLevels)[number] | undefined
  readOnly?: boolean | undefined
  deferrable?: boolean | undefined
}

export interface Field {
  name: string
  tableID: number
  columnID: number
  dataTypeID: number
  dataTypeSize: number
  dataTypeModifier: number
  format: string
}

export interface StatementResult {
  /** First word of the command tag: SELECT, INSERT, CREATE, ... */
  command: string
  rowCount: number | null
  rows: (string | null)[][]
  fields: readonly Field[]
}

/** The two kinds of Postgres behind the endpoint: embedded, and real. */
export interface Backend {
  /**
   * Runs statements and answers one result for each.
   *
   * With `transaction` all of them or none take effect, isolated from every other call; without it there is one statement.
   * @throws PostgresFault when Postgres refuses
   */
  run(statements: readonly Statement[], transaction: TransactionOptions | undefined): Promise<StatementResult[]>
  /** Runs a script of many statements without parameters as one transaction. */
  exec(sqlText: string): Promise<void>
  close(): Promise<void>
}

export const faultFields = [
  'severity',
  'code',
  'detail',
  'hint',
  'position',
  'internalPosition',
  'internalQuery',
  'where',
  'schema',
  'table',
  'column',
  'dataType',
  'constraint',
  'file',
  'line',
  'routine',
] as const

export type FaultFields = Partial<Record<(typeof faultFields)[number], string | undefined>>

/** Postgres said no: everything that it said. */
export class PostgresFault extends Error {
  readonly fields: FaultFields
  constructor(message: string, fields: FaultFields) {
    super(message)
    this.name = 'PostgresFault'
    this.fields = fields
  }
}

const isolationSql = {
  ReadUncommitted: 'READ UNCOMMITTED',
  ReadCommitted: 'READ COMMITTED',
  RepeatableRead: 'REPEATABLE READ',
  Serializable: 'SERIALIZABLE',
}

export function beginSql({ isolationLevel, readOnly, deferrable }: TransactionOptions): string {
  const modes = [
    isolationLevel && `ISOLATION LEVEL ${isolationSql[isolationLevel]}`,
    readOnly && 'READ ONLY',
    deferrable && 'DEFERRABLE',
  ].filter(Boolean)
  return ['BEGIN', ...modes].join(' ')
}

/** `INSERT 0 3` -> INSERT, 3; `CREATE TABLE` -> CREATE, null. */
export function readCommandTag(tag: string): { command: string; rowCount: number | null } {
  const words = tag.split(' ')
  const count = words[0] === 'INSERT' ? words[2] : words[1]
  return { command: words[0] ?? '', rowCount: count !== undefined && /^\d+$/.test(count) ? Number(count) : null }
}

const traceless = new Set([
  '',
  'SELECT',
  'INSERT',
  'UPDATE',
  'DELETE',
  'MERGE',
  'BEGIN',
  'COMMIT',
  'ROLLBACK',
  'EXPLAIN',
])

/** Whether a command may have changed the session (SET, LISTEN, ...) or what its prepared statements rest on (DDL, DO, ...). */
export function leavesTraces({ command }: StatementResult): boolean {
  return !traceless.has(command)
}
