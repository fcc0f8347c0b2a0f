/** Square logits: what each anchor (row) has in common with each item (column); pair i is on the diagonal. */
export interface PairLogits {
  size: number
  /** size x size numbers, row by row. */
  values: Float32Array
}

/** What is known of the pairs, one entry a pair. */
export interface PairRelations {
  /** 1 where anchor and item belong together, -1 where they do not. */
  feedback: Int8Array
  /** Pairs with the same label and feedback are no negatives of each other. */
  labels: Int32Array
  weights: Float64Array
}

/**
 * The weighted mean of InfoNCE (van den Oord et al., 2018, "Representation learning with contrastive predictive coding") over
 * both directions, as in CLIP (Radford et al., 2021): each anchor must find its item among all items of the batch, and each item
 * its anchor. With p the softmax probability of the pair among the candidates that are not masked, a pair that belongs
 * together costs -log p, and one that does not costs -log(1 - p). The gradient by the logits overwrites `gradient`.
 *
 * @returns the loss; 0 where all weights are
 */
export function infoNce({ size, values }: PairLogits, relations: PairRelations, gradient: Float32Array): number {
  gradient.fill(0)
  const total = relations.weights.reduce((sum, weight) => sum + weight, 0)
  if (total === 0) return 0
  const line = new Float64Array(size)
  let loss = 0
  for (let pair = 0; pair < size; pair++) {
    const weight = (relations.weights[pair] as number) / (2 * total)
    if (weight === 0) continue
    for (const [start, step] of [
      [pair * size, 1],
      [pair, size],
    ] as const) {
      for (let k = 0; k < size; k++) line[k] = values[start + k * step] as number
      loss += weight * (relations.feedback[pair] === 1 ? attract(line, pair, relations) : repel(line, pair, relations))
      for (let k = 0; k < size; k++) {
        const at = start + k * step
        gradient[at] = (gradient[at] as number) + weight * (line[k] as number)
      }
    }
  }
  return loss
}

/** -log p; its gradient, p of each candidate less 1 for the pair itself, replaces the logits. */
function attract(line: Float64Array, pair: number, relations: PairRelations): number {
  const own = line[pair] as number
  const logSum = softmax(line, pair, relations, true)
  line[pair] = (line[pair] as number) - 1
  return logSum - own
}

/**
 * -log(1 - p). Its gradient is p for the pair itself and -p times the softmax of the others among themselves, so that it stays
 * finite where p is close to 1.
 */
function repel(line: Float64Array, pair: number, relations: PairRelations): number {
  const own = line[pair] as number
  const others = softmax(line, pair, relations, false)
  if (others === Number.NEGATIVE_INFINITY) return 0 // nothing to compare with
  const loss = Math.max(own - others, 0) + Math.log1p(Math.exp(-Math.abs(own - others)))
  const probability = -Math.expm1(-loss)
  for (let k = 0; k < line.length; k++) line[k] = -probability * (line[k] as number)
  line[pair] = probability
  return loss
}

/** Replaces the logits with the probabilities of the candidates; returns the logarithm of the sum of their exponentials. */
function softmax(line: Float64Array, pair: number, relations: PairRelations, withOwn: boolean): number {
  let top = Number.NEGATIVE_INFINITY
  for (let k = 0; k < line.length; k++) {
    if (k === pair ? !withOwn : isMasked(relations, pair, k)) line[k] = Number.NEGATIVE_INFINITY
    else if ((line[k] as number) > top) top = line[k] as number
  }
  if (top === Number.NEGATIVE_INFINITY) {
    line.fill(0)
    return top
  }
  let sum = 0
  for (let k = 0; k < line.length; k++) {
    const value = Math.exp((line[k] as number) - top)
    line[k] = value
    sum += value
  }
  for (let k = 0; k < line.length; k++) line[k] = (line[k] as number) / sum
  return top + Math.log(sum)
}

/** The weighted mean over pairs that belong together of 1 / place of the item among those that its anchor may choose from. */
export function meanReciprocalRank({ size, values }: PairLogits, relations: PairRelations): number {
  let sum = 0
  let total = 0
  for (let pair = 0; pair < size; pair++) {
    if (relations.feedback[pair] !== 1) continue
    const own = values[pair * size + pair] as number
    let place = 1
    for (let k = 0; k < size; k++)
      if ((values[pair * size + k] as number) > own && !isMasked(relations, pair, k)) place++
    sum += (relations.weights[pair] as number) / place
    total += relations.weights[pair] as number
  }
  return total > 0 ? sum / total : 0
}

function isMasked({ feedback, labels }: PairRelations, pair: number, other: number): boolean {
  return labels[other] === labels[pair] && feedback[other] === feedback[pair]
}
