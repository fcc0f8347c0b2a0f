import { type Loss, weightedMean } from './loss.ts'

/** The log loss of two classes, 0 and 1: scores are log odds, predictions the probability of 1. */
export function logisticLoss(): Loss {
  return {
    name: 'logistic',
    outputs: 1,
    link: 'sigmoid',
    over({ target, weights }) {
      const wrong = target.findIndex((value) => value !== 0 && value !== 1)
      if (wrong >= 0) throw new Error(`the target of row ${wrong} is ${target[wrong]}: classes are 0 and 1`)
      const share = weightedMean(target, weights)
      if (!(share > 0 && share < 1)) throw new Error('all rows are of one class: there is nothing to tell apart')
      return {
        constantHessian: false,
        start: () => Float64Array.of(Math.log(share / (1 - share))),
        derive(scores, _output, gradients, hessians) {
          for (let row = 0; row < target.length; row++) {
            const probability = 1 / (1 + Math.exp(-(scores[row] as number)))
            gradients[row] = probability - (target[row] as number)
            hessians[row] = probability * (1 - probability)
          }
        },
        evaluate: (scores) => weightedMean(logLosses(target, scores), weights),
      }
    },
  }
}

/** -log of the probability that each row's own class is given; exact for large scores. */
export function logLosses(target: Float64Array, scores: Float64Array): Float64Array {
  return target.map((value, row) => {
    const score = scores[row] as number
    return Math.max(score, 0) - score * value + Math.log1p(Math.exp(-Math.abs(score)))
  })
}
