import { type ArgumentReader, formatFloat, parseFloatStrictly } from '../arguments.ts'
import { matchesGlob } from '../glob.ts'
import { type Bytes, RedisError, type Reply, syntaxError } from '../reply.ts'
import { type ScoredMember, SortedSet } from '../sorted-set.ts'
import type { Store } from '../store.ts'
import { type CommandTable, reads, writes } from './command.ts'
import { pickOne, pickRandom } from './random.ts'
import { readCollectionScan } from './scan.ts'

export const sortedSetCommands: CommandTable = {
  zcard: reads(2, (store, args) => store.sortedSet(args.next())?.size ?? 0),
  zscore: reads(3, (store, args) => scoreReply(store.sortedSet(args.next())?.score(args.next()))),
  zmscore: reads(-3, (store, args) => {
    const set = store.sortedSet(args.next())
    return args.rest().map((member) => scoreReply(set?.score(member)))
  }),
  zrank: reads(-3, (store, args) => rank(store, args, false)),
  zrevrank: reads(-3, (store, args) => rank(store, args, true)),
  zscan: reads(-3, (store, args) => {
    const set = store.sortedSet(args.next())
    const pattern = readCollectionScan(args)
    return ['0', flatWithScores((set?.ordered ?? []).filter(({ member }) => matchesGlob(pattern, member)))]
  }),
  zrandmember: reads(-2, randomMembers),
  zadd: writes(-4, add),
  zincrby: writes(4, (store, args) => {
    const key = args.next()
    const by = args.float()
    const set = store.sortedSet(key) ?? new SortedSet()
    const score = increment(set, args.next(), by)
    store.update(key, set)
    return formatFloat(score)
  }),
  zrem: writes(-3, (store, args) => {
    const key = args.next()
    const set = store.sortedSet(key)
    if (!set) return 0
    const removed = args.rest().filter((member) => set.delete(member)).length
    store.update(key, set)
    return removed
  }),
  zpopmin: writes(-2, (store, args) => pop(store, args, (set, count) => set.ordered.slice(0, count))),
  zpopmax: writes(-2, (store, args) => pop(store, args, (set, count) => set.ordered.toReversed().slice(0, count))),
}

const scoreReply = (score: number | undefined) => (score === undefined ? null : formatFloat(score))

export const flatWithScores = (entries: readonly ScoredMember[]): readonly Bytes[] =>
  entries.flatMap(({ member, score }) => [member, formatFloat(score)])

interface AddOptions {
  readonly nx: boolean
  readonly xx: boolean
  readonly gt: boolean
  readonly lt: boolean
  readonly ch: boolean
  readonly incr: boolean
}

const addOptionNames = ['nx', 'xx', 'gt', 'lt', 'ch', 'incr'] as const

function readAddOptions(args: ArgumentReader): AddOptions {
  const options = { nx: false, xx: false, gt: false, lt: false, ch: false, incr: false }
  for (;;) {
    const name = addOptionNames.find((candidate) => args.takes(candidate))
    if (!name) break
    options[name] = true
  }
  if (options.nx && options.xx) throw new RedisError('ERR XX and NX options at the same time are not compatible')
  if ((options.gt && options.lt) || (options.nx && (options.gt || options.lt))) {
    throw new RedisError('ERR GT, LT, and/or NX options at the same time are not compatible')
  }
  return options
}

function add(store: Store, args: ArgumentReader): Reply {
  const key = args.next()
  const options = readAddOptions(args)
  if (args.remaining === 0 || args.remaining % 2 !== 0) throw syntaxError()
  // Every score is read before the first member is written: a bad one leaves the set as it was.
  const entries = args.pairs('zadd').map(([score, member]) => ({ member, score: parseFloatStrictly(score) }))
  if (options.incr && entries.length > 1) {
    throw new RedisError('ERR INCR option supports a single increment-element pair')
  }
  const set = store.sortedSet(key) ?? new SortedSet()
  const sizeBefore = set.size
  const written = entries.map((entry) => addOne(set, entry, options))
  store.update(key, set)
  if (options.incr) return scoreReply(written[0]?.score)
  return options.ch ? written.filter((entry) => entry?.isChange).length : set.size - sizeBefore
}

/** @returns undefined when an option forbade the write */
function addOne(set: SortedSet, entry: ScoredMember, options: AddOptions) {
  const old = set.score(entry.member)
  if (old === undefined ? options.xx : options.nx) return undefined
  const score = options.incr ? assertNumber((old ?? 0) + entry.score) : entry.score
  if (old !== undefined && ((options.gt && score <= old) || (options.lt && score >= old))) return undefined
  set.set(entry.member, score)
  return { score, isChange: score !== old }
}

function increment(set: SortedSet, member: Bytes, by: number): number {
  const score = assertNumber((set.score(member) ?? 0) + by)
  set.set(member, score)
  return score
}

function assertNumber(score: number): number {
  if (Number.isNaN(score)) throw new RedisError('ERR resulting score is not a number (NaN)')
  return score
}

function rank(store: Store, args: ArgumentReader, isReversed: boolean): Reply {
  const set = store.sortedSet(args.next())
  const member = args.next()
  const withScore = args.takes('withscore')
  args.end()
  const ascending = set?.rank(member)
  if (!set || ascending === undefined) return null
  const position = isReversed ? set.size - 1 - ascending : ascending
  return withScore ? [position, scoreReply(set.score(member))] : position
}

function pop(
  store: Store,
  args: ArgumentReader,
  select: (set: SortedSet, count: number) => readonly ScoredMember[],
): Reply {
  const key = args.next()
  const count = args.remaining > 0 ? args.integer() : 1
  args.end()
  if (count < 0) throw new RedisError('ERR value is out of range, must be positive')
  const set = store.sortedSet(key)
  if (!set) return []
  const popped = select(set, count)
  for (const { member } of popped) set.delete(member)
  store.update(key, set)
  return flatWithScores(popped)
}

function randomMembers(store: Store, args: ArgumentReader): Reply {
  const entries = store.sortedSet(args.next())?.ordered ?? []
  if (args.remaining === 0) return pickOne(entries, store.random)[0]?.member ?? null
  const picked = pickRandom(entries, args.integer(), store.random)
  const withScores = args.takes('withscores')
  args.end()
  return withScores ? flatWithScores(picked) : picked.map(({ member }) => member)
}
