export interface AdamWOptions {
  learningRate: number
  /** How much of the mean gradient each step keeps; 0.9 by default. */
  beta1?: number
  /** How much of the mean squared gradient each step keeps; 0.999 by default. */
  beta2?: number
  epsilon?: number
  /** Share of each parameter, times the learning rate, that is lost at each step; 0.01 by default. */
  weightDecay?: number
}

/** Moves the parameters one step against the gradient, in place. */
export type Optimiser = (parameters: Float32Array | Float64Array, gradient: Float32Array | Float64Array) => void

/**
 * AdamW (Loshchilov & Hutter, 2019, "Decoupled weight decay regularization"): steps of about the learning rate, whatever the
 * scale of the gradient, and a weight decay that is not scaled with them.
 */
export function createAdamW(size: number, options: AdamWOptions): Optimiser {
  const { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0.01 } = options
  if (!(learningRate > 0)) throw new Error(`the learning rate must be positive, got ${learningRate}`)
  if (!(weightDecay >= 0)) throw new Error(`the weight decay must not be negative, got ${weightDecay}`)
  const mean = new Float64Array(size)
  const square = new Float64Array(size)
  let steps = 0
  return (parameters, gradient) => {
    steps++
    const rate = learningRate / (1 - beta1 ** steps) // the means start at zero: both are corrected for it
    const correction = 1 / Math.sqrt(1 - beta2 ** steps)
    const kept = 1 - learningRate * weightDecay
    for (let i = 0; i < size; i++) {
      const slope = gradient[i] as number
      const first = beta1 * (mean[i] as number) + (1 - beta1) * slope
      const second = beta2 * (square[i] as number) + (1 - beta2) * slope * slope
      mean[i] = first
      square[i] = second
      parameters[i] = kept * (parameters[i] as number) - (rate * first) / (Math.sqrt(second) * correction + epsilon)
    }
  }
}
