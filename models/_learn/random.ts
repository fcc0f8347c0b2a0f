/** Random numbers that a seed repeats on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** Uniform integer in [0, bound). */
  integer(bound: number): number
  /** A source of its own, so that what one part draws does not move another. */
  fork(): Random
}

/** The sfc32 generator: 128 bits of state, passes PractRand, needs no 64-bit integers. */
export function createRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed)) throw new Error(`a seed must be a whole number, got ${seed}`)
  let a = seed | 0
  let b = Math.floor(seed / 2 ** 32) | 0
  let c = 0x9e3779b9 | 0
  let counter = 1
  const next32 = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  for (let i = 0; i < 15; i++) next32() // near seeds start alike
  return {
    next: () => next32() / 2 ** 32,
    integer: (bound) => Math.floor((next32() / 2 ** 32) * bound),
    fork: () => createRandom(next32() * 2 ** 21 + (next32() >>> 11)),
  }
}

/** 0 .. count - 1 in random order. */
export function permutation(count: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i > 0; i--) {
    const j = random.integer(i + 1)
    const swapped = order[i] ?? 0
    order[i] = order[j] ?? 0
    order[j] = swapped
  }
  return order
}

/** So many of the values, drawn without putting back, in their own order. */
export function drawSome(values: readonly number[], count: number, random: Random): number[] {
  const drawn = permutation(values.length, random).subarray(0, count).sort()
  return Array.from(drawn, (i) => values[i] as number)
}

/** A draw from the normal distribution with mean 0 and variance 1 (Box & Muller 1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
}
