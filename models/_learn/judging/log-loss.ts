import { rowWeights } from '../weights.ts'
import { checkFinite, countClasses } from './check-scored.ts'

/**
 * The mean of -log(probability given to the true class); probabilities are kept 2^-52 away from 0 and 1, as
 * scikit-learn keeps them.
 *
 * @param probabilities row by row, one number a class; or one number a row, the probability of class 1 of two
 */
export function logLoss(truth: Float64Array, probabilities: Float64Array, weights?: Float64Array): number {
  const rows = truth.length
  const width = probabilities.length / rows
  if (rows === 0 || !(width >= 1 && Number.isInteger(width)))
    throw new Error(`${rows} truths and ${probabilities.length} probabilities`)
  const classes = countClasses('truth', truth)
  if (classes > Math.max(width, 2)) throw new Error(`truths are of ${classes} classes, probabilities of ${width}`)
  checkProbabilities(probabilities, width)
  const weightOf = rowWeights(weights, rows)
  let sum = 0
  let weight = 0
  for (let row = 0; row < rows; row++) {
    const code = truth[row] as number
    const given = probabilities[row * width + (width === 1 ? 0 : code)] as number
    const own = width === 1 && code === 0 ? 1 - given : given
    sum -= (weightOf[row] as number) * Math.log(Math.min(Math.max(own, Number.EPSILON), 1 - Number.EPSILON))
    weight += weightOf[row] as number
  }
  return sum / weight
}

function checkProbabilities(probabilities: Float64Array, width: number) {
  checkFinite('probability', probabilities)
  for (let first = 0; first < probabilities.length; first += width) {
    let sum = 0
    for (let i = first; i < first + width; i++) {
      const value = probabilities[i] as number
      if (value < 0 || value > 1) throw new Error(`row ${first / width} has a probability of ${value}`)
      sum += value
    }
    if (width > 1 && Math.abs(sum - 1) > 1e-4)
      throw new Error(`the probabilities of row ${first / width} sum to ${sum}`)
  }
}
