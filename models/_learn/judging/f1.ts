import { rowWeights } from '../weights.ts'
import { checkBinary } from './check-scored.ts'
import { type Confusion, margins } from './confusion.ts'

export interface F1 {
  /** Of all classes or labels together; for classes it is the accuracy. */
  micro: number
  /** The mean of those that occur, in truth or predicted. */
  macro: number
  /** One number a class or label: the harmonic mean of precision and recall; NaN where it does not occur. */
  each: Float64Array
}

/** F1 of classes, each against the rest. */
export function f1OfClasses(confusion: Confusion): F1 {
  const [byTruth, byPrediction] = margins(confusion)
  const right = byTruth.map((_, c) => confusion.weight[c * confusion.classes + c] as number)
  return summarise(right, byTruth, byPrediction)
}

/**
 * F1 of labels that do not exclude each other.
 *
 * @param truth row by row, one 0 or 1 a label; so is `predicted`
 */
export function f1OfLabels(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  labels: number,
  weights?: Float64Array,
): F1 {
  const rows = truth.length / labels
  if (!(rows >= 1 && Number.isInteger(rows)) || predicted.length !== truth.length)
    throw new Error(`${truth.length} truths and ${predicted.length} predictions of ${labels} labels`)
  checkBinary('truth', truth)
  checkBinary('prediction', predicted)
  const weightOf = rowWeights(weights, rows)
  const [right, byTruth, byPrediction] = [0, 1, 2].map(() => new Float64Array(labels)) as Counts
  for (let row = 0; row < rows; row++) {
    for (let label = 0; label < labels; label++) {
      const known = (truth[row * labels + label] as number) * (weightOf[row] as number)
      const said = predicted[row * labels + label] as number
      byTruth[label] = (byTruth[label] as number) + known
      byPrediction[label] = (byPrediction[label] as number) + said * (weightOf[row] as number)
      right[label] = (right[label] as number) + said * known
    }
  }
  return summarise(right, byTruth, byPrediction)
}

type Counts = [right: Float64Array, byTruth: Float64Array, byPrediction: Float64Array]

function summarise(...[right, byTruth, byPrediction]: Counts): F1 {
  const each = right.map((amount, c) => (2 * amount) / ((byTruth[c] as number) + (byPrediction[c] as number)))
  const occurring = each.filter((f1) => !Number.isNaN(f1))
  if (occurring.length === 0) throw new Error('no label is true or predicted in any row')
  const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0)
  return {
    micro: (2 * sum(right)) / (sum(byTruth) + sum(byPrediction)),
    macro: sum(occurring) / occurring.length,
    each,
  }
}
