import { rowWeights } from '../weights.ts'
import { argsort } from './argsort.ts'
import { checkPairs, countClasses } from './check-scored.ts'
import { rowsByGroup } from './rows-by-group.ts'

export interface RankedRows {
  scores: Float64Array
  /** 0 or more; what is more than 0 is relevant. */
  relevance: Float64Array
  /** The list of each row: 0, 1, ... */
  lists: ArrayLike<number>
}

interface RankingOptions {
  /** Only the first so many places of a list count; all, unless given. */
  k?: number
  /** What a relevance is worth to NDCG: 2^relevance - 1 (Burges et al., 2005), or itself. */
  gain?: 'exponential' | 'linear'
  /** One a list. */
  weights?: Float64Array
}

export interface RankingMetrics {
  /** Discounted gain, as a share of what the best order has (Jarvelin and Kekalainen, 2002). */
  ndcg: number
  /** Mean of the precision at each relevant row, over as many as there are or as fit in k. */
  map: number
  /** Mean of 1 / place of the first relevant row, 0 where none is in the first k. */
  mrr: number
  /** Share of lists with a relevant row in the first k. */
  hit: number
}

/**
 * Means over lists; a list without a relevant row says nothing and does not count. Among equal scores NDCG takes the
 * mean of all orders, as scikit-learn does; the others take the worst: what a model does not decide earns it nothing.
 *
 * @throws Error when no list has a relevant row
 */
export function rankingMetrics(
  rows: RankedRows,
  { k, gain = 'exponential', weights }: RankingOptions = {},
): RankingMetrics {
  const { scores, relevance, lists } = rows
  checkPairs(relevance, scores)
  if (lists.length !== scores.length) throw new Error(`${scores.length} rows have ${lists.length} lists`)
  if (k !== undefined && !(k >= 1)) throw new Error(`k must be 1 or more, got ${k}`)
  const negative = relevance.findIndex((value) => value < 0)
  if (negative >= 0) throw new Error(`the relevance of row ${negative} is ${relevance[negative]}`)
  const count = countClasses('list', lists)
  const { starts, rows: order } = rowsByGroup(lists, count, argsort(scores).reverse())
  const best = rowsByGroup(lists, count, argsort(relevance).reverse()).rows
  const weightOf = rowWeights(weights, count)
  const gains = gain === 'linear' ? relevance : relevance.map((value) => 2 ** value - 1)
  const discounts = cumulativeDiscounts(starts)
  const mean = { ndcg: 0, map: 0, mrr: 0, hit: 0 }
  let weight = 0
  for (let list = 0; list < count; list++) {
    const [start, end] = [starts[list] as number, starts[list + 1] as number]
    if (start === end || !((relevance[best[start] as number] as number) > 0)) continue
    const own = order.subarray(start, end)
    const limit = Math.min(k ?? Number.POSITIVE_INFINITY, end - start)
    const ideal = discountedGain(best.subarray(start, end), relevance, gains, discounts, limit)
    const listWeight = weightOf[list] as number
    const { map, mrr, hit } = places(own, scores, relevance, limit)
    mean.ndcg += (listWeight * discountedGain(own, scores, gains, discounts, limit)) / ideal
    mean.map += listWeight * map
    mean.mrr += listWeight * mrr
    mean.hit += listWeight * hit
    weight += listWeight
  }
  if (weight === 0) throw new Error('no list has a relevant row')
  return { ndcg: mean.ndcg / weight, map: mean.map / weight, mrr: mean.mrr / weight, hit: mean.hit / weight }
}

/** The sum of the discounts of the first n places, for n up to the longest list. */
function cumulativeDiscounts(starts: Int32Array): Float64Array {
  let longest = 0
  for (let list = 1; list < starts.length; list++)
    longest = Math.max(longest, (starts[list] as number) - (starts[list - 1] as number))
  const sums = new Float64Array(longest + 1)
  for (let place = 1; place <= longest; place++) sums[place] = (sums[place - 1] as number) + 1 / Math.log2(place + 1)
  return sums
}

/** Each row among equal scores has the mean of their gains, at the discount of its place. */
function discountedGain(
  order: Int32Array,
  scores: Float64Array,
  gains: Float64Array,
  discounts: Float64Array,
  limit: number,
): number {
  let sum = 0
  for (let from = 0, to = 0; from < limit; from = to) {
    let tied = 0
    for (; to < order.length && sameScore(scores, order, from, to); to++) tied += gains[order[to] as number] as number
    sum += (tied / (to - from)) * ((discounts[Math.min(to, limit)] as number) - (discounts[from] as number))
  }
  return sum
}

/** What depends on the places of relevant rows, which come last among equal scores. */
function places(order: Int32Array, scores: Float64Array, relevance: Float64Array, limit: number) {
  let found = 0
  let first = 0
  let precisions = 0
  for (let from = 0, to = 0; from < order.length; from = to) {
    let tied = 0
    for (; to < order.length && sameScore(scores, order, from, to); to++)
      if ((relevance[order[to] as number] as number) > 0) tied++
    for (let place = to - tied + 1; place <= to; place++) {
      found++
      if (place > limit) continue
      if (found === 1) first = place
      precisions += found / place
    }
  }
  return { map: precisions / Math.min(found, limit), mrr: first > 0 ? 1 / first : 0, hit: Number(first > 0) }
}

function sameScore(scores: Float64Array, order: Int32Array, a: number, b: number): boolean {
  return scores[order[a] as number] === scores[order[b] as number]
}
