import { ModelError } from '#models/_runtime/model-error.ts'
import { Problem } from '#shared/problem.ts'
import { toProblem } from '#shared/to-problem.ts'

/** What may succeed later is said to be unavailable now. */
export function toEncodeProblem(error: unknown): Problem {
  if (error instanceof ModelError && error.retryable)
    return new Problem('unavailable', { detail: error.message, cause: error })
  return toProblem(error)
}
