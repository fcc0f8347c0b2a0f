import { RedisError } from '../reply.ts'

const maxRepeatedPicks = 1_000_000

/** Redis' rule for a count: positive means that many different ones at most, negative exactly that many with repeats. */
export function pickRandom<Item>(items: readonly Item[], count: number, random: () => number): readonly Item[] {
  const pool = [...items]
  if (count < 0) {
    if (-count > maxRepeatedPicks) throw new RedisError('ERR value is out of range')
    return Array.from({ length: -count }).flatMap(() => pickOne(pool, random))
  }
  const wanted = Math.min(count, pool.length)
  return Array.from({ length: wanted }).flatMap(() => pool.splice(Math.floor(random() * pool.length), 1))
}

/** One item, or none of an empty list. */
export function pickOne<Item>(items: readonly Item[], random: () => number): readonly Item[] {
  const at = Math.floor(random() * items.length)
  return items.slice(at, at + 1)
}
