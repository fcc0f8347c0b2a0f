import { type ArgumentReader, notAnInteger } from '../arguments.ts'
import { matchesGlob } from '../glob.ts'
import { type Bytes, RedisError, type Reply, syntaxError } from '../reply.ts'
import type { Store } from '../store.ts'
import { type CommandTable, reads, writes } from './command.ts'
import { pickOne, pickRandom } from './random.ts'
import { readCollectionScan } from './scan.ts'

type Combine = (sets: readonly ReadonlySet<Bytes>[]) => Set<Bytes>

export const setCommands: CommandTable = {
  scard: reads(2, (store, args) => store.members(args.next())?.size ?? 0),
  smembers: reads(2, (store, args) => [...(store.members(args.next()) ?? [])]),
  sismember: reads(3, (store, args) => Number(store.members(args.next())?.has(args.next()) ?? false)),
  smismember: reads(-3, (store, args) => {
    const members = store.members(args.next())
    return args.rest().map((member) => Number(members?.has(member) ?? false))
  }),
  srandmember: reads(-2, randomMembers),
  sscan: reads(-3, (store, args) => {
    const members = [...(store.members(args.next()) ?? [])]
    const pattern = readCollectionScan(args)
    return ['0', members.filter((member) => matchesGlob(pattern, member))]
  }),
  sunion: reads(-2, (store, args) => [...union(setsOf(store, args.rest()))]),
  sinter: reads(-2, (store, args) => [...intersection(setsOf(store, args.rest()))]),
  sdiff: reads(-2, (store, args) => [...difference(setsOf(store, args.rest()))]),
  sintercard: reads(-3, intersectionSize),
  sadd: writes(-3, add),
  srem: writes(-3, remove),
  spop: writes(-2, pop),
  smove: writes(4, move),
  sunionstore: writes(-3, (store, args) => combineAndStore(store, args, union)),
  sinterstore: writes(-3, (store, args) => combineAndStore(store, args, intersection)),
  sdiffstore: writes(-3, (store, args) => combineAndStore(store, args, difference)),
}

const setsOf = (store: Store, keys: readonly Bytes[]) => keys.map((key) => store.members(key) ?? new Set<Bytes>())

const union: Combine = (sets) => new Set(sets.flatMap((set) => [...set]))

const intersection: Combine = ([first = new Set(), ...others]) =>
  new Set([...first].filter((member) => others.every((set) => set.has(member))))

const difference: Combine = ([first = new Set(), ...others]) =>
  new Set([...first].filter((member) => !others.some((set) => set.has(member))))

function combineAndStore(store: Store, args: ArgumentReader, combine: Combine): Reply {
  const destination = args.next()
  const result = combine(setsOf(store, args.rest()))
  store.set(destination, result)
  return result.size
}

function intersectionSize(store: Store, args: ArgumentReader): Reply {
  const keys = readNumberedKeys(args)
  const limit = args.takes('limit') ? args.integer() : 0
  args.end()
  if (limit < 0) throw new RedisError("ERR LIMIT can't be negative")
  const { size } = intersection(setsOf(store, keys))
  return limit === 0 ? size : Math.min(size, limit)
}

/** `numkeys key [key ...]`, as several commands begin. */
export function readNumberedKeys(
  args: ArgumentReader,
  tooFew = 'ERR numkeys should be greater than 0',
): readonly Bytes[] {
  const count = args.integer()
  if (count <= 0) throw new RedisError(tooFew)
  if (count > args.remaining) {
    throw new RedisError("ERR Number of keys can't be greater than number of args")
  }
  return args.take(count)
}

function add(store: Store, args: ArgumentReader): Reply {
  const key = args.next()
  const members = store.members(key) ?? new Set<Bytes>()
  const sizeBefore = members.size
  for (const member of args.rest()) members.add(member)
  store.update(key, members)
  return members.size - sizeBefore
}

function remove(store: Store, args: ArgumentReader): Reply {
  const key = args.next()
  const members = store.members(key)
  if (!members) return 0
  const removed = args.rest().filter((member) => members.delete(member)).length
  store.update(key, members)
  return removed
}

function pop(store: Store, args: ArgumentReader): Reply {
  const key = args.next()
  const count = args.remaining > 0 ? args.integer() : undefined
  args.end()
  if (count !== undefined && count < 0) throw notAnInteger()
  const members = store.members(key)
  if (!members) return count === undefined ? null : []
  const popped = pickRandom([...members], count ?? 1, store.random)
  for (const member of popped) members.delete(member)
  store.update(key, members)
  return count === undefined ? (popped[0] ?? null) : popped
}

function randomMembers(store: Store, args: ArgumentReader): Reply {
  const members = [...(store.members(args.next()) ?? [])]
  if (args.remaining === 0) return pickOne(members, store.random)[0] ?? null
  const count = args.integer()
  if (args.remaining > 0) throw syntaxError()
  return pickRandom(members, count, store.random)
}

function move(store: Store, args: ArgumentReader): Reply {
  const from = args.next()
  const to = args.next()
  const member = args.next()
  const source = store.members(from)
  const target = store.members(to) ?? new Set<Bytes>()
  if (!source?.has(member)) return 0
  if (from === to) return 1
  source.delete(member)
  store.update(from, source)
  store.update(to, target.add(member))
  return 1
}
