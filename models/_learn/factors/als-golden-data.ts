import { createRandom } from '../random.ts'
import { type Interactions, sortInteractions } from './als-interactions.ts'

/** Interactions of 40 users with 25 items, and factors to start from: what the golden numbers are of. */
export function goldenInteractions(factors: number) {
  const random = createRandom(4)
  const entries = Array.from({ length: 300 }, () => [random.integer(39), random.integer(25), 1 + random.integer(4)])
  const column = (j: number) => entries.map((entry) => entry[j] ?? 0)
  const interactions: Interactions = sortInteractions(40, 25, { users: column(0), items: column(1), counts: column(2) })
  const small = (rows: number) => Float32Array.from({ length: rows * factors }, () => random.next() - 0.5)
  return { interactions, start: { userFactors: small(40), itemFactors: small(25) } }
}
