import { type ArgumentReader, parseFloatStrictly, parseInteger, sliceBounds } from '../arguments.ts'
import { type Bytes, RedisError, type Reply, syntaxError } from '../reply.ts'
import { type ScoredMember, SortedSet } from '../sorted-set.ts'
import type { Store } from '../store.ts'
import { type CommandTable, reads, writes } from './command.ts'
import { flatWithScores } from './sorted-sets.ts'

type RangeKind = 'rank' | 'score' | 'lex'
type Test = (entry: ScoredMember) => boolean

interface Range {
  readonly kind: RangeKind
  /** As sent: with `isReversed`, the upper bound of scores and members comes first. */
  readonly first: Bytes
  readonly second: Bytes
  readonly isReversed: boolean
}

interface RangeOptions {
  kind: RangeKind
  isReversed: boolean
  withScores: boolean
  limit: readonly [offset: number, count: number] | undefined
}

export const sortedSetRangeCommands: CommandTable = {
  zrange: reads(-4, (store, args) => range(store, args, 'rank', false)),
  zrevrange: reads(-4, (store, args) => range(store, args, 'rank', true)),
  zrangebyscore: reads(-4, (store, args) => range(store, args, 'score', false)),
  zrevrangebyscore: reads(-4, (store, args) => range(store, args, 'score', true)),
  zrangebylex: reads(-4, (store, args) => range(store, args, 'lex', false)),
  zrevrangebylex: reads(-4, (store, args) => range(store, args, 'lex', true)),
  zcount: reads(4, (store, args) => select(store.sortedSet(args.next()), bounds(args, 'score')).length),
  zlexcount: reads(4, (store, args) => select(store.sortedSet(args.next()), bounds(args, 'lex')).length),
  zrangestore: writes(-5, rangeStore),
  zremrangebyrank: writes(4, (store, args) => removeRange(store, args, 'rank')),
  zremrangebyscore: writes(4, (store, args) => removeRange(store, args, 'score')),
  zremrangebylex: writes(4, (store, args) => removeRange(store, args, 'lex')),
}

function bounds(args: ArgumentReader, kind: RangeKind): Range {
  return { kind, first: args.next(), second: args.next(), isReversed: false }
}

function range(store: Store, args: ArgumentReader, kind: RangeKind, isReversed: boolean): Reply {
  const set = store.sortedSet(args.next())
  const first = args.next()
  const second = args.next()
  const options = readRangeOptions(args, kind, isReversed)
  const entries = limited(select(set, { ...options, first, second }), options.limit)
  return options.withScores ? flatWithScores(entries) : entries.map(({ member }) => member)
}

function rangeStore(store: Store, args: ArgumentReader): Reply {
  const destination = args.next()
  const set = store.sortedSet(args.next())
  const first = args.next()
  const second = args.next()
  const options = readRangeOptions(args, 'rank', false)
  if (options.withScores) throw syntaxError()
  const result = new SortedSet()
  const entries = limited(select(set, { ...options, first, second }), options.limit)
  for (const { member, score } of entries) result.set(member, score)
  store.set(destination, result)
  return result.size
}

function removeRange(store: Store, args: ArgumentReader, kind: RangeKind): Reply {
  const key = args.next()
  const set = store.sortedSet(key)
  const entries = select(set, bounds(args, kind))
  if (!set) return 0
  for (const { member } of entries) set.delete(member)
  store.update(key, set)
  return entries.length
}

function readRangeOptions(args: ArgumentReader, kind: RangeKind, isReversed: boolean): RangeOptions {
  const options: RangeOptions = { kind, isReversed, withScores: false, limit: undefined }
  while (args.remaining > 0) {
    const keyword = args.keyword()
    if (keyword === 'byscore') options.kind = 'score'
    else if (keyword === 'bylex') options.kind = 'lex'
    else if (keyword === 'rev') options.isReversed = true
    else if (keyword === 'withscores') options.withScores = true
    else if (keyword === 'limit') options.limit = [args.integer(), args.integer()]
    else throw syntaxError()
  }
  if (options.limit && options.kind === 'rank') {
    throw new RedisError('ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX')
  }
  return options
}

function limited(entries: readonly ScoredMember[], limit: RangeOptions['limit']): readonly ScoredMember[] {
  if (!limit) return entries
  const [offset, count] = limit
  if (offset < 0) return []
  return entries.slice(offset, count < 0 ? undefined : offset + count)
}

function select(set: SortedSet | undefined, { kind, first, second, isReversed }: Range): readonly ScoredMember[] {
  const ordered = set?.ordered ?? []
  const direction = isReversed ? ordered.toReversed() : ordered
  if (kind === 'rank') return direction.slice(...sliceBounds(parseInteger(first), parseInteger(second), ordered.length))
  const [low, high] = isReversed ? [second, first] : [first, second]
  const isInside = kind === 'score' ? scoreTest(low, high) : lexTest(low, high)
  return direction.filter(isInside)
}

function scoreTest(low: Bytes, high: Bytes): Test {
  const [min, minIsOpen] = readScoreBound(low)
  const [max, maxIsOpen] = readScoreBound(high)
  return ({ score }) => (minIsOpen ? score > min : score >= min) && (maxIsOpen ? score < max : score <= max)
}

function readScoreBound(text: Bytes): readonly [score: number, isOpen: boolean] {
  const isOpen = text.startsWith('(')
  return [parseFloatStrictly(isOpen ? text.slice(1) : text, 'ERR min or max is not a float'), isOpen]
}

function lexTest(low: Bytes, high: Bytes): Test {
  const isAbove = readLexBound(low, (member, bound) => member > bound, '-')
  const isBelow = readLexBound(high, (member, bound) => member < bound, '+')
  return ({ member }) => isAbove(member) && isBelow(member)
}

/** `-` and `+` are the ends of the world, `[x` includes x, `(x` does not. */
function readLexBound(text: Bytes, isInside: (member: Bytes, bound: Bytes) => boolean, open: '-' | '+') {
  if (text === open) return () => true
  if (text === '-' || text === '+') return () => false
  const bound = text.slice(1)
  if (text.startsWith('(')) return (member: Bytes) => isInside(member, bound)
  if (text.startsWith('[')) return (member: Bytes) => member === bound || isInside(member, bound)
  throw new RedisError('ERR min or max not valid string range item')
}
