import { type Bytes, RedisError, syntaxError } from './reply.ts'

const integerPattern = /^(0|-?[1-9]\d*)$/
const floatPattern = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const infinityPattern = /^([+-]?)inf(inity)?$/i
const int64Limit = 2n ** 63n

/** The reply of every command that was given text where it needs a whole number. */
export const notAnInteger = () => new RedisError('ERR value is not an integer or out of range')

export const overflow = () => new RedisError('ERR increment or decrement would overflow')
export const notFinite = () => new RedisError('ERR increment would produce NaN or Infinity')

export function parseInteger(text: Bytes): number {
  return Number(text.length < 16 && integerPattern.test(text) ? text : parseBigInteger(text))
}

/** Exact over all 64 bits, for the counters. */
export function parseBigInteger(text: Bytes): bigint {
  if (text.length > 20 || !integerPattern.test(text)) throw notAnInteger()
  return assertInt64(BigInt(text), notAnInteger)
}

export function assertInt64(value: bigint, problem: () => RedisError): bigint {
  if (value >= int64Limit || value < -int64Limit) throw problem()
  return value
}

export function parseFloatStrictly(text: Bytes, message = 'ERR value is not a valid float'): number {
  const infinity = infinityPattern.exec(text)
  if (infinity) return infinity[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  if (!floatPattern.test(text)) throw new RedisError(message)
  return Number(text)
}

export function formatFloat(value: number): Bytes {
  if (value === Number.POSITIVE_INFINITY) return 'inf'
  if (value === Number.NEGATIVE_INFINITY) return '-inf'
  return Object.is(value, -0) ? '-0' : String(value)
}

/** Turns Redis' inclusive range, where -1 is the last, into `slice` bounds. */
export function sliceBounds(start: number, stop: number, length: number): readonly [number, number] {
  const from = Math.max(start < 0 ? start + length : start, 0)
  const to = Math.min((stop < 0 ? stop + length : stop) + 1, length)
  return from < to ? [from, to] : [0, 0]
}

/** Reads the arguments of one command from left to right. */
export class ArgumentReader {
  readonly #values: readonly Bytes[]
  #position = 0

  constructor(values: readonly Bytes[]) {
    this.#values = values
  }

  get remaining(): number {
    return this.#values.length - this.#position
  }

  next(): Bytes {
    const value = this.#values[this.#position]
    if (value === undefined) throw syntaxError()
    this.#position += 1
    return value
  }

  /** An option's name, in lower case whatever was sent. */
  keyword(): string {
    return this.next().toLowerCase()
  }

  /** Consumes the next argument if it is this option. */
  takes(keyword: string): boolean {
    if (this.#values[this.#position]?.toLowerCase() !== keyword) return false
    this.#position += 1
    return true
  }

  integer(): number {
    return parseInteger(this.next())
  }

  float(message?: string): number {
    return parseFloatStrictly(this.next(), message)
  }

  rest(): readonly Bytes[] {
    const values = this.#values.slice(this.#position)
    this.#position = this.#values.length
    return values
  }

  take(count: number): readonly Bytes[] {
    if (count > this.remaining) throw syntaxError()
    const values = this.#values.slice(this.#position, this.#position + count)
    this.#position += count
    return values
  }

  /** What is left, as pairs. */
  pairs(commandName: string): readonly (readonly [Bytes, Bytes])[] {
    if (this.remaining === 0 || this.remaining % 2 !== 0) {
      throw new RedisError(`ERR wrong number of arguments for '${commandName}' command`)
    }
    const pairs: [Bytes, Bytes][] = []
    while (this.remaining > 0) pairs.push([this.next(), this.next()])
    return pairs
  }

  end(): void {
    if (this.remaining > 0) throw syntaxError()
  }
}
