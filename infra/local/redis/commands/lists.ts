import { type ArgumentReader, sliceBounds } from '../arguments.ts'
import { type Bytes, ok, RedisError, type Reply, syntaxError } from '../reply.ts'
import type { Store } from '../store.ts'
import { type CommandTable, reads, writes } from './command.ts'

type End = 'left' | 'right'

export const listCommands: CommandTable = {
  llen: reads(2, (store, args) => store.list(args.next())?.length ?? 0),
  lindex: reads(3, (store, args) => store.list(args.next())?.at(args.integer()) ?? null),
  lrange: reads(4, (store, args) => {
    const items = store.list(args.next()) ?? []
    return items.slice(...sliceBounds(args.integer(), args.integer(), items.length))
  }),
  lpos: reads(-3, positions),
  lpush: writes(-3, (store, args) => push(store, args, 'left', true)),
  rpush: writes(-3, (store, args) => push(store, args, 'right', true)),
  lpushx: writes(-3, (store, args) => push(store, args, 'left', false)),
  rpushx: writes(-3, (store, args) => push(store, args, 'right', false)),
  lpop: writes(-2, (store, args) => pop(store, args, 'left')),
  rpop: writes(-2, (store, args) => pop(store, args, 'right')),
  lset: writes(4, setItem),
  linsert: writes(5, insert),
  lrem: writes(4, remove),
  ltrim: writes(4, trim),
  lmove: writes(5, (store, args) => move(store, args.next(), args.next(), readEnd(args), readEnd(args))),
  rpoplpush: writes(3, (store, args) => move(store, args.next(), args.next(), 'right', 'left')),
}

function push(store: Store, args: ArgumentReader, end: End, creates: boolean): Reply {
  const key = args.next()
  const items = store.list(key) ?? []
  if (items.length === 0 && !creates) return 0
  const added = args.rest()
  const all = end === 'left' ? [...added.toReversed(), ...items] : items
  if (end === 'right') for (const item of added) items.push(item)
  store.update(key, all)
  return all.length
}

function pop(store: Store, args: ArgumentReader, end: End): Reply {
  const key = args.next()
  const count = args.remaining > 0 ? args.integer() : undefined
  args.end()
  if (count !== undefined && count < 0) throw new RedisError('ERR value is out of range, must be positive')
  const items = store.list(key)
  if (!items) return null
  const popped = take(items, end, count ?? 1)
  store.update(key, items)
  return count === undefined ? (popped[0] ?? null) : popped
}

/** Removes items from one end; the outermost comes first. */
function take(items: Bytes[], end: End, count: number): Bytes[] {
  return end === 'left' ? items.splice(0, count) : items.splice(Math.max(items.length - count, 0)).toReversed()
}

function readEnd(args: ArgumentReader): End {
  const end = args.keyword()
  if (end !== 'left' && end !== 'right') throw syntaxError()
  return end
}

function move(store: Store, from: Bytes, to: Bytes, fromEnd: End, toEnd: End): Reply {
  const source = store.list(from)
  store.list(to) // a destination of another type is refused before anything moves
  const item = source && take(source, fromEnd, 1)[0]
  if (!source || item === undefined) return null
  store.update(from, source)
  // Moving within a list of one emptied it: then it starts anew.
  const target = from === to ? source : (store.list(to) ?? [])
  target.splice(toEnd === 'left' ? 0 : target.length, 0, item)
  store.update(to, target)
  return item
}

function setItem(store: Store, args: ArgumentReader): Reply {
  const key = args.next()
  const index = args.integer()
  const items = store.list(key)
  if (!items) throw new RedisError('ERR no such key')
  const at = index < 0 ? index + items.length : index
  if (at < 0 || at >= items.length) throw new RedisError('ERR index out of range')
  items[at] = args.next()
  return ok
}

function insert(store: Store, args: ArgumentReader): Reply {
  const key = args.next()
  const side = args.keyword()
  if (side !== 'before' && side !== 'after') throw syntaxError()
  const items = store.list(key)
  if (!items) return 0
  const at = items.indexOf(args.next())
  if (at < 0) return -1
  items.splice(side === 'before' ? at : at + 1, 0, args.next())
  return items.length
}

function remove(store: Store, args: ArgumentReader): Reply {
  const key = args.next()
  const count = args.integer()
  const unwanted = args.next()
  const items = store.list(key)
  if (!items) return 0
  let left = count === 0 ? Number.POSITIVE_INFINITY : Math.abs(count)
  const keep = (item: Bytes) => item !== unwanted || --left < 0
  const kept = count < 0 ? items.toReversed().filter(keep).toReversed() : items.filter(keep)
  store.update(key, kept)
  return items.length - kept.length
}

function trim(store: Store, args: ArgumentReader): Reply {
  const key = args.next()
  const start = args.integer()
  const stop = args.integer()
  const items = store.list(key)
  if (items) store.update(key, items.slice(...sliceBounds(start, stop, items.length)))
  return ok
}

function positions(store: Store, args: ArgumentReader): Reply {
  const items = store.list(args.next()) ?? []
  const wanted = args.next()
  const { rank, count, maxLength } = readPositionOptions(args)
  const indices = [...items.keys()]
  const ordered = (rank < 0 ? indices.toReversed() : indices).slice(0, maxLength || undefined)
  const matches = ordered.filter((index) => items[index] === wanted).slice(Math.abs(rank) - 1)
  return count === undefined ? (matches[0] ?? null) : matches.slice(0, count || undefined)
}

function readPositionOptions(args: ArgumentReader) {
  let rank = 1
  let count: number | undefined
  let maxLength = 0
  while (args.remaining > 0) {
    const keyword = args.keyword()
    if (keyword === 'rank') rank = args.integer()
    else if (keyword === 'count') count = args.integer()
    else if (keyword === 'maxlen') maxLength = args.integer()
    else throw syntaxError()
  }
  if (rank === 0) {
    throw new RedisError(
      "ERR RANK can't be zero: use 1 to start from the first match, 2 from the second ... or use negative to start from the end of the list",
    )
  }
  if (count !== undefined && count < 0) throw new RedisError("ERR COUNT can't be negative")
  if (maxLength < 0) throw new RedisError("ERR MAXLEN can't be negative")
  return { rank, count, maxLength }
}
