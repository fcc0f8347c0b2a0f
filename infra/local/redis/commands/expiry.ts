import type { ArgumentReader } from '../arguments.ts'
import { RedisError } from '../reply.ts'

/** How the four ways of naming a moment (`ex`, `px`, `exat`, `pxat`) become milliseconds since 1970. */
const momentOf: Readonly<Record<string, (value: number, nowMs: number) => number>> = {
  ex: (seconds, nowMs) => nowMs + seconds * 1000,
  px: (milliseconds, nowMs) => nowMs + milliseconds,
  exat: (seconds) => seconds * 1000,
  pxat: (milliseconds) => milliseconds,
}

export const isExpiryOption = (keyword: string) => Object.hasOwn(momentOf, keyword)

/** Reads the number after an expiry option; commands that set a value refuse a moment before 1970 or a time of zero. */
export function readExpiry(args: ArgumentReader, keyword: string, nowMs: number, commandName: string): number {
  const value = args.integer()
  if (value <= 0) throw invalidExpiry(commandName)
  return readableMoment(keyword, value, nowMs, commandName)
}

/** For EXPIRE and its kin, where a time that has passed is legal and deletes the key. */
export function readableMoment(keyword: string, value: number, nowMs: number, commandName: string): number {
  const moment = momentOf[keyword]?.(value, nowMs)
  if (moment === undefined || Math.abs(moment) >= 2 ** 63) throw invalidExpiry(commandName)
  return moment
}

const invalidExpiry = (commandName: string) => new RedisError(`ERR invalid expire time in '${commandName}' command`)
