import { type Loss, weightedMean, weightedQuantile } from './loss.ts'

/** Squared up to this quantile of the absolute residuals, linear beyond. */
const QUANTILE = 0.9

/** Huber's loss with a limit that follows the residuals (Friedman 2001, algorithm 4): means, but wild rows pull no harder than others. */
export function huberLoss(): Loss {
  return {
    name: 'huber',
    outputs: 1,
    link: 'identity',
    over: ({ target, weights }) => {
      let limit = 0
      const clip = (value: number) => Math.max(-limit, Math.min(limit, value))
      const residualsOf = (scores: Float64Array) => target.map((value, row) => value - (scores[row] as number))
      return {
        constantHessian: true,
        start: () => Float64Array.of(weightedQuantile(target, weights, 0.5)),
        derive(scores, _output, gradients) {
          const residuals = residualsOf(scores)
          limit = weightedQuantile(residuals.map(Math.abs), weights, QUANTILE)
          for (let row = 0; row < residuals.length; row++) gradients[row] = -clip(residuals[row] as number)
        },
        leafStep(residuals, leafWeights) {
          const middle = weightedQuantile(residuals, leafWeights, 0.5)
          const clipped = residuals.map((residual) => clip(residual - middle))
          return middle + weightedMean(clipped, leafWeights)
        },
        evaluate: (scores) => weightedMean(residualsOf(scores).map(Math.abs), weights),
      }
    },
  }
}
