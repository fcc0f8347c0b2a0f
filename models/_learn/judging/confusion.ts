import { rowWeights } from '../weights.ts'
import { countClasses } from './check-scored.ts'

/** How much weight each class has under each prediction. */
export interface Confusion {
  classes: number
  /** classes x classes, row by row: a row is a true class, a column a predicted one. */
  weight: Float64Array
}

/** @throws Error when there are no rows, or when a class is not one of 0, 1, ... */
export function confusionMatrix(truth: Float64Array, predicted: Float64Array, weights?: Float64Array): Confusion {
  if (truth.length === 0 || predicted.length !== truth.length)
    throw new Error(`${truth.length} truths and ${predicted.length} predictions`)
  const classes = Math.max(countClasses('truth', truth), countClasses('prediction', predicted))
  const weightOf = rowWeights(weights, truth.length)
  const weight = new Float64Array(classes * classes)
  for (let i = 0; i < truth.length; i++) {
    const cell = (truth[i] as number) * classes + (predicted[i] as number)
    weight[cell] = (weight[cell] as number) + (weightOf[i] as number)
  }
  return { classes, weight }
}

/** Share of the weight that is predicted right. */
export function accuracy({ classes, weight }: Confusion): number {
  let right = 0
  for (let c = 0; c < classes; c++) right += weight[c * classes + c] as number
  return right / weight.reduce((a, b) => a + b, 0)
}

/**
 * Agreement beyond what chance would give: 1 is perfect, 0 chance (Cohen, "A coefficient of agreement for nominal
 * scales", 1960). Weighted (Cohen, 1968), classes are in order and a miss costs its distance or the square of it.
 *
 * @throws Error when one class is all there is: chance alone agrees
 */
export function cohensKappa(
  { classes, weight }: Confusion,
  distance: 'none' | 'linear' | 'quadratic' = 'none',
): number {
  const [byTruth, byPrediction] = margins({ classes, weight })
  const total = byTruth.reduce((a, b) => a + b, 0)
  const cost = (a: number, b: number) => {
    if (distance === 'none') return Number(a !== b)
    return distance === 'linear' ? Math.abs(a - b) : (a - b) ** 2
  }
  let observed = 0
  let chance = 0
  for (let a = 0; a < classes; a++) {
    for (let b = 0; b < classes; b++) {
      observed += cost(a, b) * (weight[a * classes + b] as number)
      chance += (cost(a, b) * (byTruth[a] as number) * (byPrediction[b] as number)) / total
    }
  }
  if (chance === 0) throw new Error('kappa needs two classes: truths and predictions are all of one')
  return 1 - observed / chance
}

/** The weight of each true class, and of each predicted one. */
export function margins({ classes, weight }: Confusion): [byTruth: Float64Array, byPrediction: Float64Array] {
  const byTruth = new Float64Array(classes)
  const byPrediction = new Float64Array(classes)
  weight.forEach((amount, cell) => {
    const row = Math.floor(cell / classes)
    byTruth[row] = (byTruth[row] as number) + amount
    byPrediction[cell % classes] = (byPrediction[cell % classes] as number) + amount
  })
  return [byTruth, byPrediction]
}
