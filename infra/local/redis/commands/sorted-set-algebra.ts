import type { ArgumentReader } from '../arguments.ts'
import { type Bytes, type Reply, syntaxError, wrongType } from '../reply.ts'
import { SortedSet } from '../sorted-set.ts'
import type { Store } from '../store.ts'
import { type CommandTable, reads, writes } from './command.ts'
import { readNumberedKeys } from './sets.ts'
import { flatWithScores } from './sorted-sets.ts'

type Scores = ReadonlyMap<Bytes, number>
type Aggregate = (a: number, b: number) => number
type Combine = (inputs: readonly Scores[], aggregate: Aggregate) => Scores

const aggregates: Readonly<Record<string, Aggregate>> = {
  sum: (a, b) => a + b || 0, // inf + -inf is 0, as in Redis
  min: Math.min,
  max: Math.max,
}

export const sortedSetAlgebraCommands: CommandTable = {
  zunion: reads(-3, (store, args) => combine(store, args, 'zunion', union)),
  zinter: reads(-3, (store, args) => combine(store, args, 'zinter', intersection)),
  zdiff: reads(-3, (store, args) => combine(store, args, 'zdiff', difference)),
  zunionstore: writes(-4, (store, args) => combineAndStore(store, args, 'zunionstore', union)),
  zinterstore: writes(-4, (store, args) => combineAndStore(store, args, 'zinterstore', intersection)),
  zdiffstore: writes(-4, (store, args) => combineAndStore(store, args, 'zdiffstore', difference)),
}

const union: Combine = (inputs, aggregate) => {
  const result = new Map<Bytes, number>()
  for (const [member, score] of inputs.flatMap((input) => [...input])) {
    const known = result.get(member)
    result.set(member, known === undefined ? score : aggregate(known, score))
  }
  return result
}

const intersection: Combine = (inputs, aggregate) =>
  new Map([...union(inputs, aggregate)].filter(([member]) => inputs.every((input) => input.has(member))))

const difference: Combine = ([first = new Map(), ...others]) =>
  new Map([...first].filter(([member]) => !others.some((input) => input.has(member))))

function combine(store: Store, args: ArgumentReader, commandName: string, how: Combine): Reply {
  const { result, withScores } = readAndCombine(store, args, commandName, how)
  return withScores ? flatWithScores(result.ordered) : result.ordered.map(({ member }) => member)
}

function combineAndStore(store: Store, args: ArgumentReader, commandName: string, how: Combine): Reply {
  const destination = args.next()
  const { result, withScores } = readAndCombine(store, args, commandName, how)
  if (withScores) throw syntaxError()
  store.set(destination, result)
  return result.size
}

function readAndCombine(store: Store, args: ArgumentReader, commandName: string, how: Combine) {
  const keys = readNumberedKeys(args, `ERR at least 1 input key is needed for '${commandName}' command`)
  let weights = keys.map(() => 1)
  let aggregate: Aggregate | undefined = aggregates.sum
  let withScores = false
  while (args.remaining > 0) {
    const keyword = args.keyword()
    if (keyword === 'weights') weights = keys.map(() => args.float('ERR weight value is not a float'))
    else if (keyword === 'aggregate') aggregate = aggregates[args.keyword()]
    else if (keyword === 'withscores') withScores = true
    else throw syntaxError()
  }
  if (!aggregate) throw syntaxError()
  const inputs = keys.map((key, index) => weighted(scoresOf(store, key), weights[index] ?? 1))
  const result = new SortedSet()
  for (const [member, score] of how(inputs, aggregate)) result.set(member, score)
  return { result, withScores }
}

function weighted(scores: Scores, weight: number): Scores {
  return new Map([...scores].map(([member, score]) => [member, score * weight || 0]))
}

/** A plain set counts as one whose scores are all 1. */
function scoresOf(store: Store, key: Bytes): Scores {
  const value = store.get(key)
  if (value === undefined) return new Map()
  if (value instanceof Set) return new Map([...value].map((member) => [member, 1]))
  if (value instanceof SortedSet) return new Map(value.ordered.map(({ member, score }) => [member, score]))
  throw wrongType()
}
