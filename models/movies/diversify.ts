/** Of relevance, against being unlike what was chosen before. */
const usualTrade = 0.7

interface Diverse<T> {
  items: readonly T[]
  /** Higher is better; on the scale of `likeness`. */
  relevance: (item: T) => number
  /** Of two items, 1 for the same. */
  likeness: (a: T, b: T) => number
  /** 1: by relevance alone; 0: by variety alone. */
  trade?: number
}

/**
 * Maximal marginal relevance: each next item is the most relevant that is least like those before it (Carbonell and
 * Goldstein 1998).
 *
 * @returns `count` items, or as many as there are, in the order in which they were chosen
 */
export function diversify<T>({ items, relevance, likeness, trade = usualTrade }: Diverse<T>, count: number): T[] {
  const left = items.map((item) => ({ item, nearest: 0 }))
  const chosen: T[] = []
  while (chosen.length < count && left.length > 0) {
    const worth = left.map(({ item, nearest }) => trade * relevance(item) - (1 - trade) * nearest)
    const [best] = left.splice(worth.indexOf(Math.max(...worth)), 1)
    if (!best) break
    chosen.push(best.item)
    for (const other of left) other.nearest = Math.max(other.nearest, likeness(best.item, other.item))
  }
  return chosen
}
