import { createRandom } from '../random.ts'
import { checkFinite, countClasses } from './check-scored.ts'

/**
 * Scores of every class of every row: 1 - probability. Sets made of them are the smallest on average (Sadinle, Lei and
 * Wasserman, "Least ambiguous set-valued classifiers with bounded error levels", 2019), but may be empty where no class
 * is likely.
 *
 * @param probabilities row by row, one number a class; so are all scores
 */
export function leastAmbiguousScores(probabilities: Float64Array): Float64Array {
  checkFinite('probability', probabilities)
  return probabilities.map((probability) => 1 - probability)
}

/**
 * Scores of every class of every row: the probability of all classes that are more likely, and a random share of its
 * own. Sets made of them grow where a row is hard (Romano, Sesia and Candes, "Classification with valid and adaptive
 * coverage", 2020). Calibrated and new rows need seeds that differ.
 */
export function adaptiveScores(probabilities: Float64Array, classes: number, seed: number): Float64Array {
  checkFinite('probability', probabilities)
  countRows(probabilities, classes)
  const random = createRandom(seed)
  const scores = new Float64Array(probabilities.length)
  const order = new Int32Array(classes)
  let first = 0
  const byProbability = (a: number, b: number) =>
    (probabilities[first + b] as number) - (probabilities[first + a] as number) || a - b
  for (; first < probabilities.length; first += classes) {
    for (let code = 0; code < classes; code++) order[code] = code
    order.sort(byProbability)
    const share = random.next()
    let before = 0
    for (let place = 0; place < classes; place++) {
      const cell = first + (order[place] as number)
      scores[cell] = before + share * (probabilities[cell] as number)
      before += probabilities[cell] as number
    }
  }
  return scores
}

/** The score of each row's true class: what `conformalQuantile` is taken of. */
export function scoresOfTruth(scores: Float64Array, classes: number, truth: Float64Array): Float64Array {
  const rows = countRows(scores, classes)
  if (truth.length !== rows) throw new Error(`${rows} rows have ${truth.length} truths`)
  const known = countClasses('truth', truth)
  if (known > classes) throw new Error(`truths are of ${known} classes, scores of ${classes}`)
  return truth.map((code, row) => scores[row * classes + code] as number)
}

/**
 * The classes that a row may well have: those whose scores do not exceed the quantile.
 *
 * @param quantile of the true classes' scores; or one for each row, of its group's
 * @returns row by row, 1 for each class in the set, else 0
 */
export function predictionSets(scores: Float64Array, classes: number, quantile: number | Float64Array): Uint8Array {
  const rows = countRows(scores, classes)
  if (typeof quantile !== 'number' && quantile.length !== rows)
    throw new Error(`${rows} rows have ${quantile.length} quantiles`)
  return Uint8Array.from(scores, (score, cell) => {
    const bound = typeof quantile === 'number' ? quantile : (quantile[Math.floor(cell / classes)] as number)
    return Number(score <= bound)
  })
}

function countRows(cells: Float64Array, classes: number): number {
  const rows = cells.length / classes
  if (!(rows >= 1 && Number.isInteger(rows)))
    throw new Error(`${cells.length} numbers cannot be rows of ${classes} classes`)
  return rows
}
