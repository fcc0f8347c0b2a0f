import type { Field } from './backend.ts'

export interface Prepared {
  /** Empty for a statement that is not worth keeping. */
  readonly name: string
  readonly query: string
  /** Known once Postgres has parsed and described the statement. */
  fields: readonly Field[] | undefined
}

const maxKept = 256
/** Longer texts are generated (thousands of rows in one insert) and do not come twice. */
const maxQueryLength = 8192

/**
 * Remembers which statements the session has prepared, so that a query text is parsed and planned once.
 * The least recently used are forgotten first; `takeForgotten` says which names to close in Postgres.
 */
export class PreparedStatements {
  #byQuery = new Map<string, Prepared>()
  #forgotten: string[] = []
  #sequence = 0

  take(query: string): Prepared {
    if (query.length > maxQueryLength) return { name: '', query, fields: undefined }
    const known = this.#byQuery.get(query)
    if (known) {
      // A Map keeps the order of insertion: moved to the end, it is the last to go.
      this.#byQuery.delete(query)
      this.#byQuery.set(query, known)
      return known
    }
    const prepared: Prepared = { name: `auspex_${++this.#sequence}`, query, fields: undefined }
    this.#byQuery.set(query, prepared)
    if (this.#byQuery.size > maxKept) this.#forgetOldest()
    return prepared
  }

  forget({ name, query }: Prepared) {
    if (name === '' || !this.#byQuery.delete(query)) return
    this.#forgotten.push(name)
  }

  /** The session has dropped them all. */
  clear() {
    this.#byQuery.clear()
    this.#forgotten = []
  }

  takeForgotten(): string[] {
    const names = this.#forgotten
    if (names.length > 0) this.#forgotten = []
    return names
  }

  #forgetOldest() {
    for (const oldest of this.#byQuery.values()) return this.forget(oldest)
  }
}
