import { type Loss, weightedMean } from './loss.ts'

/** The log loss of several classes, 0 to classes - 1, with one score each: predictions are their probabilities. */
export function softmaxLoss(classes: number): Loss {
  if (!(Number.isInteger(classes) && classes >= 2)) throw new Error(`there must be two classes or more, got ${classes}`)
  return {
    name: 'softmax',
    outputs: classes,
    link: 'softmax',
    over({ target, weights }) {
      const wrong = target.findIndex((value) => !(Number.isInteger(value) && value >= 0 && value < classes))
      if (wrong >= 0) throw new Error(`the target of row ${wrong} is ${target[wrong]}: classes are 0 to ${classes - 1}`)
      const rows = target.length
      const probabilities = new Float64Array(rows * classes)
      return {
        constantHessian: false,
        start: () => Float64Array.from({ length: classes }, (_, k) => Math.log(shareOf(target, weights, k))),
        derive(scores, output, gradients, hessians) {
          if (output === 0) writeProbabilities(scores, rows, classes, probabilities)
          for (let row = 0; row < rows; row++) {
            const probability = probabilities[output * rows + row] as number
            gradients[row] = probability - Number(target[row] === output)
            // Friedman's factor: a change of one score moves the others' probabilities, too.
            hessians[row] = Math.max((classes / (classes - 1)) * probability * (1 - probability), 1e-16)
          }
        },
        evaluate(scores) {
          writeProbabilities(scores, rows, classes, probabilities)
          const losses = target.map(
            (value, row) => -Math.log(Math.max(probabilities[value * rows + row] as number, 1e-300)),
          )
          return weightedMean(losses, weights)
        },
      }
    },
  }
}

/** A class that is not there is given the share of half a row. */
function shareOf(target: Float64Array, weights: Float64Array | undefined, label: number): number {
  const share = weightedMean(
    target.map((value) => Number(value === label)),
    weights,
  )
  return Math.max(share, 0.5 / target.length)
}

/** Softmax over the outputs of each row, all laid out output by output. */
export function writeProbabilities(scores: Float64Array, rows: number, outputs: number, probabilities: Float64Array) {
  for (let row = 0; row < rows; row++) {
    let largest = Number.NEGATIVE_INFINITY
    for (let k = 0; k < outputs; k++) largest = Math.max(largest, scores[k * rows + row] as number)
    let sum = 0
    for (let k = 0; k < outputs; k++) {
      const power = Math.exp((scores[k * rows + row] as number) - largest)
      probabilities[k * rows + row] = power
      sum += power
    }
    for (let k = 0; k < outputs; k++) probabilities[k * rows + row] = (probabilities[k * rows + row] as number) / sum
  }
}
