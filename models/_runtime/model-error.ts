/** Why a model gave no answer, and whether the same request may succeed later. */
export class ModelError extends Error {
  override readonly name = 'ModelError'
  readonly retryable: boolean

  constructor(message: string, { retryable, cause }: { retryable: boolean; cause?: unknown }) {
    super(message, { cause })
    this.retryable = retryable
  }
}
