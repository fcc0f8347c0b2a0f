import type { TrainingControl } from '../control.ts'
import type { Arena } from '../kernels/arena.ts'
import { type Team, withTeam } from '../kernels/team.ts'
import { createRandom, type Random } from '../random.ts'
import { checkInteractions, type Interactions, transposeInteractions } from './als-interactions.ts'
import { AlsSolver, createSide, factorsOf } from './als-solver.ts'

/** score = user's factors . item's factors */
export interface AlsModel {
  users: number
  items: number
  factors: number
  /** Row-major: `users` rows of `factors` numbers. */
  userFactors: Float32Array
  itemFactors: Float32Array
  /** What the model was fitted with, so that new users can be. */
  regularization: number
  alpha: number
}

export interface AlsOptions extends TrainingControl {
  seed: number
  /** 32 by default. */
  factors?: number
  /** Penalty on the squared factors; 0.01 by default. */
  regularization?: number
  /** Confidence in an interaction that was counted once; 1, which is that in one that never was, by default. */
  alpha?: number
  /** Rounds over users and items; 15 by default. */
  iterations?: number
  /** Steps of conjugate gradients each time; 3 by default. */
  steps?: number
  /** Factors to start from, row-major, instead of random ones. */
  start?: { userFactors: Float32Array; itemFactors: Float32Array }
  /** Threads to train with: the factors are the same with any number of them. */
  team?: (arena: Arena) => Team
}

/**
 * Alternating least squares on implicit feedback (Hu, Koren & Volinsky, 2008, "Collaborative filtering for implicit feedback
 * datasets"): a user likes (1) the items that were met and not (0) the others, and is believed with a confidence of `alpha` times
 * the count, or 1. Each user's and item's factors take a few steps of conjugate gradients a round (Takács, Pilászy & Tikk, 2011,
 * "Applications of the conjugate gradient method for implicit feedback collaborative filtering"). What has no interactions gets
 * factors of 0.
 *
 * @throws Error that names the interaction or option that is wrong, or the signal's reason
 */
export async function fitAls(interactions: Interactions, options: AlsOptions): Promise<AlsModel> {
  const { factors = 32, regularization = 0.01, alpha = 1, iterations = 15, steps = 3, start } = options
  checkInteractions(interactions)
  checkOptions({ factors, iterations, steps }, { regularization, alpha })
  const { users, items } = interactions
  const random = createRandom(options.seed)
  const [ofUsers, ofItems] = [
    start?.userFactors ?? smallNumbers(users * factors, random),
    start?.itemFactors ?? smallNumbers(items * factors, random),
  ]
  return withTeam(options.team, async (arena, team) => {
    const solver = new AlsSolver(arena, team, { factors, regularization, steps })
    const userSide = createSide(arena, interactions, alpha, factors, ofUsers)
    const itemSide = createSide(arena, transposeInteractions(interactions), alpha, factors, ofItems)
    for (let round = 0; round < iterations; round++) {
      await solver.solve(userSide, itemSide, options.signal)
      await solver.solve(itemSide, userSide, options.signal)
      options.onProgress?.({ stage: 'rounds', done: round + 1, total: iterations })
    }
    const [userFactors, itemFactors] = [factorsOf(userSide, factors), factorsOf(itemSide, factors)]
    return { users, items, factors, userFactors, itemFactors, regularization, alpha }
  })
}

function smallNumbers(length: number, random: Random): Float32Array {
  return Float32Array.from({ length }, () => random.next() * 0.01)
}

function checkOptions(whole: Record<string, number>, positive: Record<string, number>) {
  for (const [name, value] of Object.entries(whole))
    if (!Number.isInteger(value) || value < 1) throw new Error(`${name} must be a positive whole number, got ${value}`)
  for (const [name, value] of Object.entries(positive))
    if (!(value > 0 && value < Infinity)) throw new Error(`${name} must be a positive number, got ${value}`)
}
