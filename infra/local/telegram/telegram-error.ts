/** What the Bot API answers when it refuses: `{ok: false, error_code, description, parameters?}`. */
export class TelegramError extends Error {
  readonly code: number
  readonly parameters: { retry_after: number } | undefined

  constructor(code: number, description: string, parameters?: { retry_after: number }) {
    super(description)
    this.code = code
    this.parameters = parameters
  }
}

export const badRequest = (what: string) => new TelegramError(400, `Bad Request: ${what}`)
