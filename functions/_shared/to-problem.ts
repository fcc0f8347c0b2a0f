import { HTTPException } from 'hono/http-exception'
import type { ZodError } from 'zod'
import { databaseError } from './database-error.ts'
import { type Fault, Problem } from './problem.ts'

const maximumFaults = 100

/** The only place where an unknown error becomes an answer. What it says stays in the log; the caller gets its id. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof HTTPException && error.status === 415) return new Problem('unsupported_media_type')
  if (error instanceof HTTPException && error.status < 500)
    return new Problem('malformed_request', { detail: error.message })
  const database = databaseError(error)
  // Text that PostgreSQL cannot hold: wrong encoding, or an escape that has no character.
  if (database?.code === '22021' || database?.code === '22P05') {
    return new Problem('malformed_request', { detail: 'Text must be Unicode without NUL' })
  }
  return new Problem('internal_error', { cause: error })
}

/** @param target what was validated: `json`, `query`, `param`, `header` */
export function faultsOf(target: string, error: ZodError): Fault[] {
  const prefix = target === 'json' ? '' : `/${target}`
  return error.issues.slice(0, maximumFaults).map((issue) => ({
    pointer: prefix + issue.path.map((part) => `/${escapePointer(String(part))}`).join(''),
    code: issue.code,
    message: issue.message,
  }))
}

/** RFC 6901, section 3. */
function escapePointer(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1')
}
