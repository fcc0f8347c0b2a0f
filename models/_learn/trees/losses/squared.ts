import { type Loss, weightedMean } from './loss.ts'

/** Half the squared error: predictions are means. */
export function squaredLoss(): Loss {
  return {
    name: 'squared',
    outputs: 1,
    link: 'identity',
    over: ({ target, weights }) => ({
      constantHessian: true,
      start: () => Float64Array.of(weightedMean(target, weights)),
      derive(scores, _output, gradients) {
        for (let row = 0; row < target.length; row++) gradients[row] = (scores[row] as number) - (target[row] as number)
      },
      evaluate(scores) {
        return weightedMean(
          target.map((value, row) => ((scores[row] as number) - value) ** 2 / 2),
          weights,
        )
      },
    }),
  }
}
