import { DatabaseSync, type SQLOutputValue, type StatementSync } from 'node:sqlite'
import type { Answer, Message, MessageSpec } from './message.ts'

const SCHEMA = `
  create table if not exists messages (
    seq integer primary key, id text not null, retried integer not null, due_at_ms real not null, spec text not null, body blob not null
  );
  create table if not exists deduplications (
    seq integer primary key, key text not null, message_id text not null, expires_at_ms real not null
  );
  create table if not exists dead_letters (
    seq integer primary key, message_id text not null, failed_at_ms real not null, spec text not null, body blob not null,
    status integer not null, headers text not null, response blob not null
  );
  create table if not exists logs (seq integer primary key, entries text not null);
  create table if not exists documents (
    kind text not null, name text not null, value text not null, primary key (kind, name)
  ) without rowid;`

/** A change that nobody waits for may linger this long to share a transaction with the next one. */
const LINGER_MS = 5

export type DocumentKind = 'queue' | 'schedule' | 'topic' | 'flow' | 'keys'

export interface Deduplication {
  seq: number
  key: string
  messageId: string
  expiresAtMs: number
}

export interface DeadLetter {
  seq: number
  messageId: string
  failedAtMs: number
  spec: MessageSpec
  body: Buffer
  answer: Answer
}

type Row = Record<string, SQLOutputValue>

/**
 * What must survive kill -9, in SQLite. The working state is in memory; this is its record.
 *
 * Changes are collected and written in one transaction: those of one turn of the event loop when somebody waits for
 * them (`committed`), otherwise within a few milliseconds. Changes made together are therefore kept or lost together.
 * After a failed write nothing more is written and every wait fails: what is on disk stays whole.
 */
export class Store {
  readonly #db: DatabaseSync
  readonly #statements: Statements
  #changes: (() => void)[] = []
  #waiter: PromiseWithResolvers<void> | undefined
  #linger: NodeJS.Timeout | undefined
  #failure: Error | undefined
  #beforeCommit: () => void = () => {}

  constructor(file: string) {
    this.#db = new DatabaseSync(file)
    this.#db.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma busy_timeout = 0')
    this.#db.exec('pragma locking_mode = exclusive')
    this.#db.exec(SCHEMA)
    this.#statements = prepare(this.#db)
  }

  /** Called before each transaction, for changes that are gathered elsewhere. */
  beforeCommit(callback: () => void): void {
    this.#beforeCommit = callback
  }

  /** Resolves when all changes so far are in the database. */
  committed(): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure)
    if (this.#waiter === undefined) {
      this.#waiter = Promise.withResolvers()
      setImmediate(() => this.#commit())
    }
    return this.#waiter.promise
  }

  insertMessage({ seq, id, retried, dueAtMs, spec, body }: Message): void {
    this.#change(() => this.#statements.insertMessage.run(seq, id, retried, dueAtMs, JSON.stringify(spec), body))
  }

  updateMessage({ seq, retried, dueAtMs }: Message): void {
    this.#change(() => this.#statements.updateMessage.run(retried, dueAtMs, seq))
  }

  deleteMessage({ seq }: Message): void {
    this.#change(() => this.#statements.deleteMessage.run(seq))
  }

  messages(): Message[] {
    return this.#statements.messages.all().map((row) => ({
      seq: Number(row.seq),
      id: String(row.id),
      retried: Number(row.retried),
      dueAtMs: Number(row.due_at_ms),
      spec: JSON.parse(String(row.spec)),
      body: bytes(row.body),
      state: 'waiting',
    }))
  }

  insertDeduplication({ seq, key, messageId, expiresAtMs }: Deduplication): void {
    this.#change(() => this.#statements.insertDeduplication.run(seq, key, messageId, expiresAtMs))
  }

  deleteDeduplicationsUpTo(seq: number): void {
    this.#change(() => this.#statements.deleteDeduplications.run(seq))
  }

  deduplications(): Deduplication[] {
    return this.#statements.deduplications.all().map((row) => ({
      seq: Number(row.seq),
      key: String(row.key),
      messageId: String(row.message_id),
      expiresAtMs: Number(row.expires_at_ms),
    }))
  }

  insertDeadLetter({ seq, messageId, failedAtMs, spec, body, answer }: DeadLetter): void {
    const [status, headers] = [answer.status, JSON.stringify(answer.headers)]
    this.#change(() =>
      this.#statements.insertDeadLetter.run(
        seq,
        messageId,
        failedAtMs,
        JSON.stringify(spec),
        body,
        status,
        headers,
        answer.body,
      ),
    )
  }

  deleteDeadLetter(seq: number): void {
    this.#change(() => this.#statements.deleteDeadLetter.run(seq))
  }

  deleteDeadLettersBefore(failedAtMs: number): void {
    this.#change(() => this.#statements.deleteDeadLettersBefore.run(failedAtMs))
  }

  lastDeadLetterSeq(): number {
    return Number(this.#statements.lastDeadLetter.get()?.seq ?? 0)
  }

  deadLetter(seq: number): DeadLetter | undefined {
    const row = this.#statements.deadLetter.get(seq)
    return row === undefined ? undefined : deadLetterOf(row)
  }

  /** Newest first, those before `beforeSeq`. */
  *deadLetters(beforeSeq: number): Generator<DeadLetter> {
    for (const row of this.#statements.deadLetters.iterate(beforeSeq)) yield deadLetterOf(row)
  }

  putDocument(kind: DocumentKind, name: string, value: object): void {
    const text = JSON.stringify(value)
    this.#change(() => this.#statements.putDocument.run(kind, name, text))
  }

  deleteDocument(kind: DocumentKind, name: string): void {
    this.#change(() => this.#statements.deleteDocument.run(kind, name))
  }

  documents<T>(kind: DocumentKind): T[] {
    return this.#statements.documents.all(kind).map((row) => JSON.parse(String(row.value)))
  }

  insertLogs(seq: number, entries: object[]): void {
    this.#change(() => this.#statements.insertLogs.run(seq, JSON.stringify(entries)))
  }

  deleteLogsBefore(seq: number): void {
    this.#change(() => this.#statements.deleteLogs.run(seq))
  }

  logs<T>(): T[] {
    return this.#statements.logs.all().flatMap((row) => JSON.parse(String(row.entries)))
  }

  close(): void {
    this.#commit()
    this.#db.close()
  }

  #change(apply: () => void): void {
    this.#changes.push(apply)
    if (this.#waiter === undefined) this.#linger ??= setTimeout(() => this.#commit(), LINGER_MS)
  }

  #commit(): void {
    this.#beforeCommit()
    clearTimeout(this.#linger)
    this.#linger = undefined
    const [changes, waiter] = [this.#changes, this.#waiter]
    this.#changes = []
    this.#waiter = undefined
    try {
      this.#transact(changes)
      waiter?.resolve()
    } catch (error) {
      this.#failure ??= error instanceof Error ? error : new Error(String(error))
      waiter?.reject(this.#failure)
    }
  }

  #transact(changes: (() => void)[]): void {
    if (this.#failure !== undefined) throw this.#failure
    if (changes.length === 0) return
    this.#statements.begin.run()
    try {
      for (const apply of changes) apply()
      this.#statements.commit.run()
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('rollback')
      throw error
    }
  }
}

type Statements = ReturnType<typeof prepare>

function prepare(db: DatabaseSync) {
  const sql = (text: string): StatementSync => db.prepare(text)
  return {
    begin: sql('begin'),
    commit: sql('commit'),
    insertMessage: sql('insert into messages values (?, ?, ?, ?, ?, ?)'),
    updateMessage: sql('update messages set retried = ?, due_at_ms = ? where seq = ?'),
    deleteMessage: sql('delete from messages where seq = ?'),
    messages: sql('select * from messages order by seq'),
    insertDeduplication: sql('insert into deduplications values (?, ?, ?, ?)'),
    deleteDeduplications: sql('delete from deduplications where seq <= ?'),
    deduplications: sql('select * from deduplications order by seq'),
    insertDeadLetter: sql('insert into dead_letters values (?, ?, ?, ?, ?, ?, ?, ?)'),
    deleteDeadLetter: sql('delete from dead_letters where seq = ?'),
    deleteDeadLettersBefore: sql('delete from dead_letters where failed_at_ms < ?'),
    lastDeadLetter: sql('select max(seq) as seq from dead_letters'),
    deadLetter: sql('select * from dead_letters where seq = ?'),
    deadLetters: sql('select * from dead_letters where seq < ? order by seq desc'),
    putDocument: sql('insert or replace into documents values (?, ?, ?)'),
    deleteDocument: sql('delete from documents where kind = ? and name = ?'),
    documents: sql('select value from documents where kind = ? order by name'),
    insertLogs: sql('insert into logs values (?, ?)'),
    deleteLogs: sql('delete from logs where seq < ?'),
    logs: sql('select entries from logs order by seq'),
  }
}

function deadLetterOf(row: Row): DeadLetter {
  return {
    seq: Number(row.seq),
    messageId: String(row.message_id),
    failedAtMs: Number(row.failed_at_ms),
    spec: JSON.parse(String(row.spec)),
    body: bytes(row.body),
    answer: { status: Number(row.status), headers: JSON.parse(String(row.headers)), body: bytes(row.response) },
  }
}

const bytes = (value: SQLOutputValue | undefined) =>
  value instanceof Uint8Array ? Buffer.from(value) : Buffer.alloc(0)
