import {
  type ArgumentReader,
  assertInt64,
  formatFloat,
  notFinite,
  overflow,
  parseBigInteger,
  parseFloatStrictly,
  sliceBounds,
} from '../arguments.ts'
import { type Bytes, ok, RedisError, type Reply, syntaxError } from '../reply.ts'
import type { Store } from '../store.ts'
import { type CommandTable, reads, writes } from './command.ts'
import { isExpiryOption, readExpiry } from './expiry.ts'

const maxStringBytes = 64 * 1024 * 1024

export const stringCommands: CommandTable = {
  get: reads(2, (store, args) => store.string(args.next()) ?? null),
  mget: reads(-2, (store, args) => args.rest().map((key) => stringOrNull(store, key))),
  strlen: reads(2, (store, args) => (store.string(args.next()) ?? '').length),
  getrange: reads(4, getRange),
  set: writes(-3, set),
  setnx: writes(3, (store, args) => setIfAbsent(store, [[args.next(), args.next()]])),
  setex: writes(4, (store, args) => setWithExpiry(store, args, 'ex', 'setex')),
  psetex: writes(4, (store, args) => setWithExpiry(store, args, 'px', 'psetex')),
  mset: writes(-3, mset),
  msetnx: writes(-3, (store, args) => setIfAbsent(store, args.pairs('msetnx'))),
  getset: writes(3, getSet),
  getdel: writes(2, getDelete),
  getex: writes(-2, getAndExpire),
  append: writes(3, append),
  setrange: writes(4, setRange),
  incr: writes(2, (store, args) => incrementBy(store, args.next(), 1n)),
  decr: writes(2, (store, args) => incrementBy(store, args.next(), -1n)),
  incrby: writes(3, (store, args) => incrementBy(store, args.next(), parseBigInteger(args.next()))),
  decrby: writes(3, (store, args) => incrementBy(store, args.next(), -parseBigInteger(args.next()))),
  incrbyfloat: writes(3, incrementByFloat),
}

function stringOrNull(store: Store, key: Bytes): Bytes | null {
  const value = store.get(key)
  return typeof value === 'string' ? value : null
}

interface SetOptions {
  expiresAtMs: number | undefined
  keepsExpiry: boolean
  condition: 'nx' | 'xx' | undefined
  returnsOld: boolean
}

function readSetOptions(args: ArgumentReader, nowMs: number): SetOptions {
  const options: SetOptions = { expiresAtMs: undefined, keepsExpiry: false, condition: undefined, returnsOld: false }
  while (args.remaining > 0) {
    const keyword = args.keyword()
    const hasExpiry = options.keepsExpiry || options.expiresAtMs !== undefined
    if (isExpiryOption(keyword) && !hasExpiry) options.expiresAtMs = readExpiry(args, keyword, nowMs, 'set')
    else if (keyword === 'keepttl' && !hasExpiry) options.keepsExpiry = true
    else if ((keyword === 'nx' || keyword === 'xx') && !options.condition) options.condition = keyword
    else if (keyword === 'get') options.returnsOld = true
    else throw syntaxError()
  }
  return options
}

function set(store: Store, args: ArgumentReader): Reply {
  const key = args.next()
  const value = args.next()
  const options = readSetOptions(args, store.clock.now())
  const old = options.returnsOld ? (store.string(key) ?? null) : null
  const exists = store.get(key) !== undefined
  if ((options.condition === 'nx' && exists) || (options.condition === 'xx' && !exists)) return old
  if (options.keepsExpiry) store.update(key, value)
  else store.set(key, value)
  if (options.expiresAtMs !== undefined) store.expireAt(key, options.expiresAtMs)
  return options.returnsOld ? old : ok
}

function setWithExpiry(store: Store, args: ArgumentReader, unit: 'ex' | 'px', commandName: string): Reply {
  const key = args.next()
  const expiresAtMs = readExpiry(args, unit, store.clock.now(), commandName)
  store.set(key, args.next())
  store.expireAt(key, expiresAtMs)
  return ok
}

function mset(store: Store, args: ArgumentReader): Reply {
  for (const [key, value] of args.pairs('mset')) store.set(key, value)
  return ok
}

function setIfAbsent(store: Store, pairs: readonly (readonly [Bytes, Bytes])[]): Reply {
  if (pairs.some(([key]) => store.get(key) !== undefined)) return 0
  for (const [key, value] of pairs) store.set(key, value)
  return 1
}

function getSet(store: Store, args: ArgumentReader): Reply {
  const key = args.next()
  const old = store.string(key) ?? null
  store.set(key, args.next())
  return old
}

function getDelete(store: Store, args: ArgumentReader): Reply {
  const key = args.next()
  const old = store.string(key) ?? null
  store.delete(key)
  return old
}

function getAndExpire(store: Store, args: ArgumentReader): Reply {
  const key = args.next()
  const value = store.string(key) ?? null
  if (args.remaining === 0) return value
  const keyword = args.keyword()
  if (keyword !== 'persist' && !isExpiryOption(keyword)) throw syntaxError()
  const expiresAtMs = keyword === 'persist' ? undefined : readExpiry(args, keyword, store.clock.now(), 'getex')
  args.end()
  store.expireAt(key, expiresAtMs)
  return value
}

function append(store: Store, args: ArgumentReader): Reply {
  const key = args.next()
  const value = assertStringSize((store.string(key) ?? '') + args.next())
  store.update(key, value)
  return value.length
}

function getRange(store: Store, args: ArgumentReader): Reply {
  const value = store.string(args.next()) ?? ''
  return value.slice(...sliceBounds(args.integer(), args.integer(), value.length))
}

function setRange(store: Store, args: ArgumentReader): Reply {
  const key = args.next()
  const offset = args.integer()
  const patch = args.next()
  if (offset < 0) throw new RedisError('ERR offset is out of range')
  const old = store.string(key) ?? ''
  if (patch === '') return old.length
  if (offset + patch.length > maxStringBytes) throw tooLong()
  const value = old.slice(0, offset).padEnd(offset, '\0') + patch + old.slice(offset + patch.length)
  store.update(key, value)
  return value.length
}

function assertStringSize(value: Bytes): Bytes {
  if (value.length > maxStringBytes) throw tooLong()
  return value
}

const tooLong = () => new RedisError('ERR string exceeds maximum allowed size (proto-max-bulk-len)')

function incrementBy(store: Store, key: Bytes, by: bigint): Reply {
  const value = assertInt64(parseBigInteger(store.string(key) ?? '0') + by, overflow)
  store.update(key, String(value))
  return Number(value)
}

function incrementByFloat(store: Store, args: ArgumentReader): Reply {
  const key = args.next()
  const value = parseFloatStrictly(store.string(key) ?? '0') + args.float()
  if (!Number.isFinite(value)) throw notFinite()
  store.update(key, formatFloat(value))
  return formatFloat(value)
}
