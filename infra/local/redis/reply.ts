/**
 * Strings inside the emulator are byte strings: one character (0-255) is one byte, as in Redis. They compare, slice and
 * count like bytes; text is converted at the edge only.
 */
export type Bytes = string

export type Reply = Bytes | number | null | Status | readonly Reply[]

/** A simple string such as OK: told apart from a value, because the REST encoding leaves `OK` plain. */
export class Status {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export const ok = new Status('OK')

/** What Redis answers with `-CODE message`; the message starts with the code. */
export class RedisError extends Error {
  override readonly name = 'RedisError'
}

export const syntaxError = () => new RedisError('ERR syntax error')
export const wrongType = () => new RedisError('WRONGTYPE Operation against a key holding the wrong kind of value')

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII itself
const ascii = /^[\x00-\x7f]*$/

export function bytesFromText(text: string): Bytes {
  return ascii.test(text) ? text : Buffer.from(text, 'utf8').toString('latin1')
}

export function textFromBytes(bytes: Bytes): string {
  return ascii.test(bytes) ? bytes : Buffer.from(bytes, 'latin1').toString('utf8')
}
