import { rowWeights } from '../weights.ts'
import { argsort } from './argsort.ts'
import { checkBinary, checkPairs } from './check-scored.ts'

/**
 * Area under the receiver operating characteristic: the probability that a row of class 1 scores higher than one of
 * class 0, equal scores counting half (Hanley and McNeil, 1982).
 *
 * @param truth 0 or 1
 * @throws Error when all weight is in one class
 */
export function rocAuc(truth: Float64Array, scores: Float64Array, weights?: Float64Array): number {
  let above = 0
  let below = 0
  let area = 0
  eachScore(truth, scores, weights, (positive, negative) => {
    area += negative * (above + positive / 2)
    above += positive
    below += negative
  })
  if (above === 0 || below === 0) throw new Error(`ROC AUC needs both classes: all rows are of ${Number(below === 0)}`)
  return area / (above * below)
}

/**
 * Average precision, the area under the precision-recall curve by steps: the mean of the precision at each score that
 * finds rows of class 1, as scikit-learn sums it. Lines between the points would promise too much (Davis and Goadrich,
 * "The relationship between precision-recall and ROC curves", 2006).
 *
 * @param truth 0 or 1
 * @throws Error when no weight is in class 1
 */
export function averagePrecision(truth: Float64Array, scores: Float64Array, weights?: Float64Array): number {
  let found = 0
  let seen = 0
  let area = 0
  eachScore(truth, scores, weights, (positive, negative) => {
    found += positive
    seen += positive + negative
    if (positive > 0) area += (positive * found) / seen
  })
  if (found === 0) throw new Error('average precision needs rows of class 1: there are none')
  return area / found
}

/** Visits the distinct scores in descending order, with the weight of each class that has it. */
function eachScore(
  truth: Float64Array,
  scores: Float64Array,
  weights: Float64Array | undefined,
  visit: (positive: number, negative: number) => void,
) {
  checkPairs(truth, scores)
  checkBinary('truth', truth)
  const weightOf = rowWeights(weights, truth.length)
  const order = argsort(scores)
  let positive = 0
  let negative = 0
  for (let i = order.length - 1; i >= 0; i--) {
    const row = order[i] as number
    if (truth[row] === 1) positive += weightOf[row] as number
    else negative += weightOf[row] as number
    if (i > 0 && scores[order[i - 1] as number] === scores[row]) continue
    visit(positive, negative)
    positive = 0
    negative = 0
  }
}
