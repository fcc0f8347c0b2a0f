import {
  type ArgumentReader,
  assertInt64,
  formatFloat,
  notFinite,
  overflow,
  parseBigInteger,
  parseFloatStrictly,
} from '../arguments.ts'
import { matchesGlob } from '../glob.ts'
import { type Bytes, ok, RedisError, type Reply } from '../reply.ts'
import type { Store } from '../store.ts'
import { type CommandTable, reads, writes } from './command.ts'
import { pickOne, pickRandom } from './random.ts'
import { readCollectionScan } from './scan.ts'

export const hashCommands: CommandTable = {
  hget: reads(3, (store, args) => store.hash(args.next())?.get(args.next()) ?? null),
  hmget: reads(-3, (store, args) => {
    const fields = store.hash(args.next())
    return args.rest().map((field) => fields?.get(field) ?? null)
  }),
  hgetall: reads(2, (store, args) => [...(store.hash(args.next()) ?? [])].flat()),
  hkeys: reads(2, (store, args) => [...(store.hash(args.next())?.keys() ?? [])]),
  hvals: reads(2, (store, args) => [...(store.hash(args.next())?.values() ?? [])]),
  hlen: reads(2, (store, args) => store.hash(args.next())?.size ?? 0),
  hexists: reads(3, (store, args) => Number(store.hash(args.next())?.has(args.next()) ?? false)),
  hstrlen: reads(3, (store, args) => (store.hash(args.next())?.get(args.next()) ?? '').length),
  hscan: reads(-3, scanHash),
  hrandfield: reads(-2, randomFields),
  hset: writes(-4, (store, args) => setFields(store, args, 'hset')),
  hmset: writes(-4, (store, args) => {
    setFields(store, args, 'hmset')
    return ok
  }),
  hsetnx: writes(4, setFieldIfAbsent),
  hdel: writes(-3, deleteFields),
  hincrby: writes(4, (store, args) => {
    const notInteger = () => new RedisError('ERR hash value is not an integer')
    return changeField(store, args, (old, by) => {
      const current = /^-?\d{1,19}$/.test(old) ? assertInt64(BigInt(old), notInteger) : undefined
      if (current === undefined) throw notInteger()
      const value = assertInt64(current + parseBigInteger(by), overflow)
      return [String(value), Number(value)]
    })
  }),
  hincrbyfloat: writes(4, (store, args) =>
    changeField(store, args, (old, by) => {
      const value = parseFloatStrictly(old, 'ERR hash value is not a float') + parseFloatStrictly(by)
      if (!Number.isFinite(value)) throw notFinite()
      return [formatFloat(value), formatFloat(value)]
    }),
  ),
}

function setFields(store: Store, args: ArgumentReader, commandName: string): number {
  const key = args.next()
  const pairs = args.pairs(commandName)
  const fields = store.hash(key) ?? new Map<Bytes, Bytes>()
  const sizeBefore = fields.size
  for (const [field, value] of pairs) fields.set(field, value)
  store.update(key, fields)
  return fields.size - sizeBefore
}

function setFieldIfAbsent(store: Store, args: ArgumentReader): Reply {
  const key = args.next()
  const field = args.next()
  const fields = store.hash(key) ?? new Map<Bytes, Bytes>()
  if (fields.has(field)) return 0
  store.update(key, fields.set(field, args.next()))
  return 1
}

function deleteFields(store: Store, args: ArgumentReader): Reply {
  const key = args.next()
  const fields = store.hash(key)
  if (!fields) return 0
  const deleted = args.rest().filter((field) => fields.delete(field)).length
  store.update(key, fields)
  return deleted
}

function changeField(
  store: Store,
  args: ArgumentReader,
  change: (old: Bytes, by: Bytes) => readonly [value: Bytes, reply: Reply],
): Reply {
  const key = args.next()
  const field = args.next()
  const fields = store.hash(key) ?? new Map<Bytes, Bytes>()
  const [value, reply] = change(fields.get(field) ?? '0', args.next())
  store.update(key, fields.set(field, value))
  return reply
}

function scanHash(store: Store, args: ArgumentReader): Reply {
  const fields = store.hash(args.next())
  const pattern = readCollectionScan(args)
  return ['0', [...(fields ?? [])].filter(([field]) => matchesGlob(pattern, field)).flat()]
}

function randomFields(store: Store, args: ArgumentReader): Reply {
  const entries = [...(store.hash(args.next()) ?? [])]
  if (args.remaining === 0) return pickOne(entries, store.random)[0]?.[0] ?? null
  const picked = pickRandom(entries, args.integer(), store.random)
  const withValues = args.takes('withvalues')
  args.end()
  return withValues ? picked.flat() : picked.map(([field]) => field)
}
