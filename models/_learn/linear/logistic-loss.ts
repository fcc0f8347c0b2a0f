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
        addColumns(scoresOfBlock, columns, start, count, point.subarray(score * size, (score + 1) * size))
      })
      loss +=
        scores === 1
          ? logisticResiduals(only, target, weights, start, count)
          : softmaxResiduals(block, target, weights, start, count)
      block.forEach((residuals, score) => {
        addProducts(gradient.subarray(score * size, (score + 1) * size), columns, start, count, residuals)
      })
    }
    return loss
  }
}

/** Adds columns x factors to the sums of a block, two columns at a time: half as many reads of the sums. */
function addColumns(
  sums: Float64Array,
  columns: readonly Float64Array[],
  start: number,
  count: number,
  factors: Float64Array,
) {
  for (let j = 0; j < columns.length; j += 2) {
    const first = columns[j] as Float64Array
    const second = columns[j + 1] ?? first
    const a = factors[j] as number
    const b = factors[j + 1] ?? 0
    for (let i = 0; i < count; i++)
      sums[i] = (sums[i] as number) + a * (first[start + i] as number) + b * (second[start + i] as number)
  }
}

/** Adds to each number the product of its column with the residuals of a block, two columns at a time. */
function addProducts(
  products: Float64Array,
  columns: readonly Float64Array[],
  start: number,
  count: number,
  residuals: Float64Array,
) {
  for (let j = 0; j < columns.length; j += 2) {
    const first = columns[j] as Float64Array
    const second = columns[j + 1] ?? first
    let a = 0
    let b = 0
    for (let i = 0; i < count; i++) {
      const residual = residuals[i] as number
      a += residual * (first[start + i] as number)
      b += residual * (second[start + i] as number)
    }
    products[j] = (products[j] as number) + a
    if (j + 1 < columns.length) products[j + 1] = (products[j + 1] as number) + b
  }
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
