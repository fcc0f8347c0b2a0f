import { type ArgumentReader, parseInteger } from '../arguments.ts'
import { matchesGlob } from '../glob.ts'
import { type Bytes, ok, RedisError, type Reply, Status } from '../reply.ts'
import { copyValue, type Store, typeName } from '../store.ts'
import { type CommandTable, reads, writes } from './command.ts'
import { readableMoment } from './expiry.ts'
import { pickOne } from './random.ts'
import { scan } from './scan.ts'

export const keyCommands: CommandTable = {
  exists: reads(-2, (store, args) => args.rest().filter((key) => store.get(key) !== undefined).length),
  touch: reads(-2, (store, args) => args.rest().filter((key) => store.get(key) !== undefined).length),
  type: reads(2, (store, args) => {
    const value = store.get(args.next())
    return new Status(value === undefined ? 'none' : typeName(value))
  }),
  keys: reads(2, (store, args) => {
    const pattern = args.next()
    return store.keys().filter((key) => matchesGlob(pattern, key))
  }),
  scan: reads(-2, scan),
  randomkey: reads(1, (store) => pickOne(store.keys(), store.random)[0] ?? null),
  ttl: reads(2, (store, args) => timeLeft(store, args.next(), (leftMs) => Math.round(leftMs / 1000))),
  pttl: reads(2, (store, args) => timeLeft(store, args.next(), (leftMs) => leftMs)),
  expiretime: reads(2, (store, args) => expiryMoment(store, args.next(), 1000)),
  pexpiretime: reads(2, (store, args) => expiryMoment(store, args.next(), 1)),
  del: writes(-2, (store, args) => args.rest().filter((key) => store.delete(key)).length),
  unlink: writes(-2, (store, args) => args.rest().filter((key) => store.delete(key)).length),
  rename: writes(3, (store, args) => {
    rename(store, args.next(), args.next(), true)
    return ok
  }),
  renamenx: writes(3, (store, args) => rename(store, args.next(), args.next(), false)),
  copy: writes(-3, copy),
  expire: writes(-3, (store, args) => expire(store, args, 'ex', 'expire')),
  pexpire: writes(-3, (store, args) => expire(store, args, 'px', 'pexpire')),
  expireat: writes(-3, (store, args) => expire(store, args, 'exat', 'expireat')),
  pexpireat: writes(-3, (store, args) => expire(store, args, 'pxat', 'pexpireat')),
  persist: writes(2, (store, args) => {
    const key = args.next()
    if (store.expiresAt(key) === undefined) return 0
    store.expireAt(key, undefined)
    return 1
  }),
}

function timeLeft(store: Store, key: Bytes, inUnit: (leftMs: number) => number): Reply {
  if (store.get(key) === undefined) return -2
  const expiresAtMs = store.expiresAt(key)
  return expiresAtMs === undefined ? -1 : inUnit(expiresAtMs - store.clock.now())
}

function expiryMoment(store: Store, key: Bytes, unitMs: number): Reply {
  if (store.get(key) === undefined) return -2
  const expiresAtMs = store.expiresAt(key)
  return expiresAtMs === undefined ? -1 : Math.floor(expiresAtMs / unitMs)
}

function expire(store: Store, args: ArgumentReader, unit: string, commandName: string): Reply {
  const key = args.next()
  const moment = readableMoment(unit, parseInteger(args.next()), store.clock.now(), commandName)
  const conditions = args.rest().map((condition) => condition.toLowerCase())
  const unknown = conditions.find((condition) => !['nx', 'xx', 'gt', 'lt'].includes(condition))
  if (unknown !== undefined) throw new RedisError(`ERR Unsupported option ${unknown}`)
  if (conditions.includes('nx') && conditions.length > 1) {
    throw new RedisError('ERR NX and XX, GT or LT options at the same time are not compatible')
  }
  if (store.get(key) === undefined) return 0
  const current = store.expiresAt(key)
  if (!conditions.every((condition) => mayExpire(condition, current, moment))) return 0
  store.expireAt(key, moment)
  return 1
}

/** A key without expiry counts as one that expires at infinity. */
function mayExpire(condition: string, current: number | undefined, moment: number): boolean {
  if (condition === 'nx') return current === undefined
  if (condition === 'xx') return current !== undefined
  const currentMs = current ?? Number.POSITIVE_INFINITY
  return condition === 'gt' ? moment > currentMs : moment < currentMs
}

function rename(store: Store, from: Bytes, to: Bytes, overwrites: boolean): number {
  const value = store.get(from)
  if (value === undefined) throw new RedisError('ERR no such key')
  if (!overwrites && store.get(to) !== undefined) return 0
  const expiresAtMs = store.expiresAt(from)
  store.delete(from)
  store.set(to, value)
  store.expireAt(to, expiresAtMs)
  return 1
}

function copy(store: Store, args: ArgumentReader): Reply {
  const from = args.next()
  const to = args.next()
  const replaces = args.takes('replace')
  args.end()
  if (from === to) throw new RedisError('ERR source and destination objects are the same')
  const value = store.get(from)
  if (value === undefined || (!replaces && store.get(to) !== undefined)) return 0
  store.set(to, copyValue(value))
  store.expireAt(to, store.expiresAt(from))
  return 1
}
