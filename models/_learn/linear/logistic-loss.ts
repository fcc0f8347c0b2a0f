/** Rows whose scores stay in the cache. */
const BLOCK = 1_024

/**
 * The sum of weight x log loss + sum of squarePenalties x point^2 / 2, as a function of the coefficients, score by score. One score
 * stands for two classes: it is the log odds of class 1.
 */
export function softmaxLoss(
  columns: readonly Float64Array[],
  target: Float64Array,
  weights: Float64Array,
  scores: number,
  squarePenalties: Float64Array,
): (point: Float64Array, gradient: Float64Array) => number {
  const size = columns.length
  const block = Array.from({ length: scores }, () => new Float64Array(BLOCK))
  const [only = new Float64Array()] = block
  return (point, gradient) => {
    let loss = 0
    for (let i = 0; i < point.length; i++) {
      const pull = (squarePenalties[i] as number) * (point[i] as number)
      gradient[i] = pull
      loss += (pull * (point[i] as number)) / 2
    }
    for (let start = 0; start < target.length; start += BLOCK) {
      const count = Math.min(BLOCK, target.length - start)
      block.forEach((scoresOfBlock, score) => {
        scoresOfBlock.fill(0)
        for (let j = 0; j < size; j++)
          addScaled(scoresOfBlock, columns[j] as Float64Array, start, count, point[score * size + j] as number)
      })
      loss +=
        scores === 1
          ? logisticResiduals(only, target, weights, start, count)
          : softmaxResiduals(block, target, weights, start, count)
      block.forEach((residuals, score) => {
        for (let j = 0; j < size; j++) {
          const product = dot(residuals, columns[j] as Float64Array, start, count)
          gradient[score * size + j] = (gradient[score * size + j] as number) + product
        }
      })
    }
    return loss
  }
}

function addScaled(sums: Float64Array, column: Float64Array, start: number, count: number, factor: number) {
  for (let i = 0; i < count; i++) sums[i] = (sums[i] as number) + factor * (column[start + i] as number)
}

function dot(residuals: Float64Array, column: Float64Array, start: number, count: number): number {
  let even = 0
  let odd = 0
  let i = 0
  for (; i + 1 < count; i += 2) {
    even += (residuals[i] as number) * (column[start + i] as number)
    odd += (residuals[i + 1] as number) * (column[start + i + 1] as number)
  }
  if (i < count) even += (residuals[i] as number) * (column[start + i] as number)
  return even + odd
}

/** Turns the log odds of a block into weight x (probability - truth); returns the block's loss. */
function logisticResiduals(
  scores: Float64Array,
  target: Float64Array,
  weights: Float64Array,
  start: number,
  count: number,
) {
  let loss = 0
  for (let i = 0; i < count; i++) {
    const score = scores[i] as number
    const truth = target[start + i] as number
    const weight = weights[start + i] as number
    const small = Math.exp(-Math.abs(score))
    const probability = (score >= 0 ? 1 : small) / (1 + small)
    loss += weight * (Math.max(score, 0) + Math.log(1 + small) - truth * score)
    scores[i] = weight * (probability - truth)
  }
  return loss
}

/** Turns the scores of a block into weight x (probability - truth), class by class; returns the block's loss. */
function softmaxResiduals(
  scores: readonly Float64Array[],
  target: Float64Array,
  weights: Float64Array,
  start: number,
  count: number,
): number {
  let loss = 0
  for (let i = 0; i < count; i++) {
    const weight = weights[start + i] as number
    const truth = target[start + i] as number
    let largest = Number.NEGATIVE_INFINITY
    for (let k = 0; k < scores.length; k++) largest = Math.max(largest, (scores[k] as Float64Array)[i] as number)
    loss -= weight * (((scores[truth] as Float64Array)[i] as number) - largest)
    let sum = 0
    for (let k = 0; k < scores.length; k++) {
      const values = scores[k] as Float64Array
      const part = Math.exp((values[i] as number) - largest)
      values[i] = part
      sum += part
    }
    loss += weight * Math.log(sum)
    for (let k = 0; k < scores.length; k++) {
      const values = scores[k] as Float64Array
      values[i] = weight * ((values[i] as number) / sum - Number(k === truth))
    }
  }
  return loss
}
