/** What is replaced in texts that are kept: secrets and personal data that an error may have quoted. */
const rules: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  // Drizzle ends its messages with the values of the statement.
  [/\nparams:[\s\S]*$/, ''],
  [/\b(?:postgres(?:ql)?|rediss?):\/\/\S+/gi, '[connection string]'],
  [/(\w:\/\/)[^\s/@]+@/g, '$1[secret]@'],
  [/\bBearer\s+[^\s"',]+/gi, 'Bearer [secret]'],
  [/\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g, '[token]'],
  [/\bauspex_[\w-]{32,}/g, '[API key]'],
  [/\bwhsec_[\w+/=-]+/g, '[secret]'],
  // Of a Telegram bot.
  [/\d{6,}:[\w-]{30,}/g, '[token]'],
  [/((?:password|secret|token|authorization|api_?key)["']?\s*[:=]\s*)(?:"[^"]*"|'[^']*'|[^\s,;}&]+)/gi, '$1[secret]'],
  [/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g, '[e-mail]'],
]

export function redact(text: string): string {
  return rules.reduce((redacted, [pattern, replacement]) => redacted.replace(pattern, replacement), text)
}

const maximumFrames = 20

/** The calls of a stack, without the message that stands before them. */
export function framesOf(stack: string | undefined): string[] {
  const lines = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return lines.slice(0, maximumFrames).map((line) => redact(line.trim()))
}
