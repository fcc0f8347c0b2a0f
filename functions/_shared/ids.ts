import { v7 } from 'uuid'

type IdKind =
  | 'user'
  | 'key'
  | 'job'
  | 'version'
  | 'deployment'
  | 'endpoint'
  | 'lease'
  | 'film'
  | 'import'
  | 'recommendation'

/** An id such as `job_0193e6...`: names its kind, sorts by time, cannot be guessed (74 random bits; RFC 9562 UUIDv7). */
export function newId(kind: IdKind): string {
  return `${kind}_${v7().replaceAll('-', '')}`
}

/** What ids of a kind look like: anything else does not exist, and never reaches the database. */
export function idPattern(kind: IdKind | 'entry' | 'delivery'): RegExp {
  return new RegExp(`^${kind}_[0-9a-f]{32}$`)
}
