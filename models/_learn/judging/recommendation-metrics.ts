import { type RankingMetrics, rankingMetrics } from './ranking-metrics.ts'

interface RecommendationOptions {
  /** Only the first so many places count. */
  k: number
  /** One a user. */
  weights?: Float64Array
}

/**
 * Judges a list of items for each user by the items that the user turned out to want, as `rankingMetrics` does; who
 * wanted none does not count. Items that were wanted but not recommended are not found.
 *
 * @param recommended for each user: items, the best first
 * @param wanted for each user: items that were held back, each once
 */
export function recommendationMetrics(
  recommended: readonly ArrayLike<number>[],
  wanted: readonly ArrayLike<number>[],
  { k, weights }: RecommendationOptions,
): RankingMetrics {
  if (recommended.length !== wanted.length)
    throw new Error(`${recommended.length} users have recommendations and ${wanted.length} wanted items`)
  if (!(Number.isInteger(k) && k >= 1)) throw new Error(`k must be 1 or more, got ${k}`)
  const [scores, relevance, lists]: [number[], number[], number[]] = [[], [], []]
  const add = (user: number, score: number, isWanted: boolean) => {
    scores.push(score)
    relevance.push(Number(isWanted))
    lists.push(user)
  }
  wanted.forEach((items, user) => {
    const missing = new Set(Array.from(items))
    const shown = Array.from(recommended[user] ?? []).slice(0, k)
    if (new Set(shown).size < shown.length) throw new Error(`user ${user} is recommended an item twice`)
    for (let place = 0; place < k; place++)
      add(user, k - place, place < shown.length && missing.delete(shown[place] ?? -1))
    for (let i = 0; i < missing.size; i++) add(user, 0, true) // below the last place that counts
  })
  const rows = { scores: Float64Array.from(scores), relevance: Float64Array.from(relevance), lists }
  return rankingMetrics(rows, { k, weights })
}
