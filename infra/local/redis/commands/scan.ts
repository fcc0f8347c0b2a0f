import type { ArgumentReader } from '../arguments.ts'
import { type Bytes, RedisError, type Reply, syntaxError } from '../reply.ts'
import { type Store, typeName } from '../store.ts'

const defaultScanCount = 10

/** SCAN cursor [MATCH pattern] [COUNT n] [TYPE name] [WITHTYPE]; the last is an addition of Upstash. */
export function scan(store: Store, args: ArgumentReader): Reply {
  const cursor = parseCursor(args.next())
  let count = defaultScanCount
  let pattern: Bytes | undefined
  let type: string | undefined
  let withTypes = false
  while (args.remaining > 0) {
    const keyword = args.keyword()
    if (keyword === 'match') pattern = args.next()
    else if (keyword === 'count') count = args.integer()
    else if (keyword === 'type') type = args.keyword()
    else if (keyword === 'withtype') withTypes = true
    else throw syntaxError()
  }
  if (count < 1) throw syntaxError()
  const page = store.scan(cursor, count, pattern, type)
  return [page.cursor, withTypes ? page.keys.flatMap((key) => [key, typeOf(store, key)]) : page.keys]
}

function typeOf(store: Store, key: Bytes): string {
  const value = store.get(key)
  return value === undefined ? 'none' : typeName(value)
}

function parseCursor(text: Bytes): number {
  if (!/^\d{1,15}$/.test(text)) throw new RedisError('ERR invalid cursor')
  return Number(text)
}

/**
 * HSCAN, SSCAN and ZSCAN answer everything in one page, as Redis does for small collections: COUNT is only a hint.
 * @returns the pattern of MATCH
 */
export function readCollectionScan(args: ArgumentReader): Bytes {
  parseCursor(args.next())
  let pattern = '*'
  while (args.remaining > 0) {
    const keyword = args.keyword()
    if (keyword === 'match') pattern = args.next()
    else if (keyword !== 'count') throw syntaxError()
    else if (args.integer() < 1) throw syntaxError()
  }
  return pattern
}
