import type { PGlite } from '@electric-sql/pglite'
import { serialize } from 'pg-protocol'
import {
  beginSql,
  leavesTraces,
  type PostgresFault,
  readCommandTag,
  type Statement,
  type StatementResult,
  type TransactionOptions,
} from './backend.ts'
import { type Prepared, PreparedStatements } from './prepared-statements.ts'
import { readReplies, type TransactionStatus } from './replies.ts'

/** The session has lost its footing (a stack overflow, a terminated backend): no answer of it can be trusted any more. */
export class SessionBroken extends Error {
  constructor(reason: string) {
    super(`the embedded Postgres broke down: ${reason}`)
    this.name = 'SessionBroken'
  }
}

interface Outcome {
  results: StatementResult[]
  fault: PostgresFault | undefined
  status: TransactionStatus | undefined
}

/**
 * The one session of an embedded Postgres, spoken to in wire protocol.
 *
 * Every call, a whole transaction included, is one synchronous exchange: nothing else can come between its statements.
 */
export class PGliteSession {
  readonly #db: PGlite
  readonly #prepared = new PreparedStatements()

  constructor(db: PGlite) {
    this.#db = db
  }

  /**
   * @throws PostgresFault; then nothing of it has happened
   * @throws SessionBroken; then the session is of no more use
   */
  run(statements: readonly Statement[], transaction: TransactionOptions | undefined): StatementResult[] {
    let outcome = this.#attempt(statements, transaction)
    if (outcome.fault && isStalePlan(outcome.fault)) {
      // A table changed in a way that the command tags did not show. Nothing ran yet, or all was rolled back.
      this.#reset()
      outcome = this.#attempt(statements, transaction)
    }
    if (outcome.fault) throw outcome.fault
    return transaction ? outcome.results.slice(1, -1) : outcome.results
  }

  exec(sqlText: string) {
    const { fault } = this.#exchange([serialize.query(sqlText)], [])
    this.#reset()
    if (fault) throw fault
  }

  #attempt(statements: readonly Statement[], transaction: TransactionOptions | undefined): Outcome {
    const messages = this.#prepared.takeForgotten().map((name) => serialize.close({ type: 'S', name }))
    const sent: Prepared[] = []
    const send = (statement: Statement) => {
      const prepared = this.#prepared.take(statement.query)
      // Within one exchange the first use of a statement prepares it for those after.
      const isNew = prepared.name === '' || (prepared.fields === undefined && !sent.includes(prepared))
      pushStatement(messages, prepared, statement.params, isNew)
      sent.push(prepared)
    }
    if (transaction) send({ query: beginSql(transaction), params: [] })
    for (const statement of statements) send(statement)
    messages.push(serialize.sync())
    if (transaction) {
      // In a failed transaction COMMIT rolls back; its own sync lets it run after the failure.
      send(commit)
      messages.push(serialize.sync())
    }
    const outcome = this.#exchange(messages, sent)
    if (!outcome.fault && !isComplete(outcome, sent.length)) throw new SessionBroken('it left a statement unanswered')
    this.#settle(outcome, sent)
    return outcome
  }

  /** Leaves the session as a fresh connection would be. */
  #settle({ results, fault, status }: Outcome, sent: readonly Prepared[]) {
    if (fault) {
      for (const prepared of sent) if (prepared.fields === undefined) this.#prepared.forget(prepared)
    }
    if (status !== 'I') this.#exchange([serialize.query('ROLLBACK')], [])
    if (status !== 'I' || results.some(leavesTraces)) this.#reset()
  }

  #reset() {
    this.#prepared.clear()
    this.#exchange([serialize.query('DISCARD ALL')], [])
  }

  #exchange(messages: readonly Buffer[], sent: readonly Prepared[]): Outcome {
    const bytes = this.#send(messages)
    const outcome: Outcome = { results: [], fault: undefined, status: undefined }
    let rows: (string | null)[][] = []
    let current = 0
    readReplies(bytes, {
      described(fields) {
        const prepared = sent[current]
        if (prepared) prepared.fields = fields
      },
      row: (values) => rows.push(values),
      completed(tag) {
        outcome.results.push({ ...readCommandTag(tag), rows, fields: sent[current]?.fields ?? [] })
        rows = []
        current++
      },
      failed(fault) {
        outcome.fault ??= fault
        rows = []
        // What stood behind it before the next sync was skipped: only the commit may follow.
        current = sent.length - 1
      },
      ready(status) {
        outcome.status = status
      },
    })
    if (outcome.status === undefined) throw new SessionBroken('it did not answer')
    const { severity } = outcome.fault?.fields ?? {}
    if (severity === 'FATAL' || severity === 'PANIC') throw new SessionBroken(outcome.fault?.message ?? severity)
    return outcome
  }

  #send(messages: readonly Buffer[]): Buffer {
    const chunks: Buffer[] = []
    // Declared asynchronous for file systems that are; with syncToFs off all is done when the call returns.
    this.#db
      .execProtocolRawStream(Buffer.concat(messages), {
        syncToFs: false,
        // The bytes are a view into the memory of Postgres, good only now.
        onRawData: (data) => chunks.push(Buffer.from(data)),
      })
      .catch((error: unknown) => console.error('the embedded Postgres failed', error))
    return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)
  }
}

/** PGlite passes over an overflow of the stack in silence: what is missing shows it. */
function isComplete({ results }: Outcome, expectedCount: number): boolean {
  return results.length === expectedCount && !results.some(({ command, fields }) => command === '' && fields.length > 0)
}

const commit: Statement = { query: 'COMMIT', params: [] }

/** Describes before binding: a refused parameter then leaves a statement whose fields are known. */
function pushStatement(messages: Buffer[], { name, query }: Prepared, params: (string | null)[], isNew: boolean) {
  if (isNew) messages.push(serialize.parse({ name, text: query }), serialize.describe({ type: 'S', name }))
  messages.push(serialize.bind({ statement: name, values: params }), serialize.execute(), serialize.copyFail(noCopy))
}

/** Ends a COPY FROM STDIN, which would wait for data that never come; ignored after anything else. */
const noCopy = 'COPY is not possible over HTTP'

function isStalePlan({ message, fields }: PostgresFault): boolean {
  return fields.code === '0A000' && message === 'cached plan must not change result type'
}
