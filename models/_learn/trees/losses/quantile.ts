import { type Loss, weightedMean, weightedQuantile } from './loss.ts'

/**
 * The pinball loss: predictions are quantiles of the target (Koenker & Bassett 1978).
 *
 * @param level between 0 and 1; 0.5 is the median
 */
export function quantileLoss(level: number): Loss {
  if (!(level > 0 && level < 1)) throw new Error(`a quantile's level must lie between 0 and 1, got ${level}`)
  return {
    name: 'quantile',
    outputs: 1,
    link: 'identity',
    over: ({ target, weights }) => ({
      constantHessian: true,
      start: () => Float64Array.of(weightedQuantile(target, weights, level)),
      derive(scores, _output, gradients) {
        for (let row = 0; row < target.length; row++) {
          const residual = (target[row] as number) - (scores[row] as number)
          gradients[row] = residual > 0 ? -level : residual < 0 ? 1 - level : 0
        }
      },
      leafStep: (residuals, leafWeights) => weightedQuantile(residuals, leafWeights, level),
      evaluate(scores) {
        const losses = target.map((value, row) => {
          const residual = value - (scores[row] as number)
          return residual > 0 ? level * residual : (level - 1) * residual
        })
        return weightedMean(losses, weights)
      },
    }),
  }
}

/** The absolute error: predictions are medians, which wild rows hardly move. */
export function absoluteLoss(): Loss {
  return { ...quantileLoss(0.5), name: 'absolute' }
}
