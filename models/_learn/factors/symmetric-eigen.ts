/** Eigenvalues in descending order, and their vectors of length 1 as rows. */
export interface Eigen {
  values: Float64Array
  /** `size x size`: vector k is row k. */
  vectors: Float64Array
}

const MAX_ROTATIONS = 60

/**
 * All eigenvalues and vectors of a symmetric matrix, given row by row: Householder's reduction to three diagonals, then QL with
 * implicit shifts (Golub and Van Loan, Matrix Computations, 8.3). Time grows with size^3.
 */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  const work = matrix.slice()
  const reflectors = tridiagonalise(work, size)
  const diagonal = Float64Array.from({ length: size }, (_, i) => work[i * size + i] as number)
  const beside = Float64Array.from({ length: size }, (_, i) =>
    i + 1 < size ? (work[(i + 1) * size + i] as number) : 0,
  )
  const vectors = accumulate(reflectors, size)
  for (let i = 0; i < size; i++) isolate(diagonal, beside, vectors, size, i)
  const order = Array.from(diagonal.keys()).sort((a, b) => (diagonal[b] as number) - (diagonal[a] as number))
  const sorted = new Float64Array(size * size)
  order.forEach((from, to) => {
    sorted.set(vectors.subarray(from * size, (from + 1) * size), to * size)
  })
  return { values: Float64Array.from(order, (i) => diagonal[i] as number), vectors: sorted }
}

/** Reflects columns one by one until only three diagonals are left; returns the unit vectors of the mirrors. */
function tridiagonalise(matrix: Float64Array, size: number): (Float64Array | undefined)[] {
  return Array.from({ length: Math.max(size - 2, 0) }, (_, k) => {
    const mirror = mirrorOf(matrix, size, k)
    if (mirror !== undefined) reflectBothSides(matrix, size, k, mirror)
    return mirror
  })
}

/** The unit vector whose mirror turns what is below the diagonal of column k into one number; none where it is one. */
function mirrorOf(matrix: Float64Array, size: number, k: number): Float64Array | undefined {
  const mirror = new Float64Array(size)
  let below = 0
  for (let i = k + 1; i < size; i++) {
    mirror[i] = matrix[i * size + k] as number
    if (i > k + 1) below = Math.hypot(below, mirror[i] as number)
  }
  if (below === 0) return undefined
  const first = mirror[k + 1] as number
  mirror[k + 1] = first + (first < 0 ? -1 : 1) * Math.hypot(first, below)
  const length = Math.hypot(mirror[k + 1] as number, below)
  return mirror.map((value) => value / length)
}

/** A - 2 v w' - 2 w v', where w = A v - (v A v) v. */
function reflectBothSides(matrix: Float64Array, size: number, k: number, mirror: Float64Array) {
  const image = new Float64Array(size)
  for (let i = k; i < size; i++) {
    let sum = 0
    for (let j = k + 1; j < size; j++) sum += (matrix[i * size + j] as number) * (mirror[j] as number)
    image[i] = sum
  }
  let along = 0
  for (let i = k + 1; i < size; i++) along += (image[i] as number) * (mirror[i] as number)
  for (let i = k; i < size; i++) image[i] = (image[i] as number) - along * (mirror[i] as number)
  for (let i = k; i < size; i++) {
    const v = 2 * (mirror[i] as number)
    const w = 2 * (image[i] as number)
    for (let j = k; j < size; j++)
      matrix[i * size + j] = (matrix[i * size + j] as number) - v * (image[j] as number) - w * (mirror[j] as number)
  }
}

/** The product of all mirrors, transposed: its rows become the vectors. */
function accumulate(mirrors: readonly (Float64Array | undefined)[], size: number): Float64Array {
  const rows = new Float64Array(size * size)
  for (let i = 0; i < size; i++) rows[i * size + i] = 1
  for (let k = mirrors.length - 1; k >= 0; k--) {
    const mirror = mirrors[k]
    if (mirror === undefined) continue
    for (let i = k + 1; i < size; i++) {
      let sum = 0
      for (let j = k + 1; j < size; j++) sum += (rows[i * size + j] as number) * (mirror[j] as number)
      for (let j = k + 1; j < size; j++)
        rows[i * size + j] = (rows[i * size + j] as number) - 2 * sum * (mirror[j] as number)
    }
  }
  return rows
}

/** Turns pairs of neighbours until the i-th number beside the diagonal is nothing. */
function isolate(diagonal: Float64Array, beside: Float64Array, vectors: Float64Array, size: number, i: number) {
  for (let round = 0; round < MAX_ROTATIONS; round++) {
    let end = i
    while (end < size - 1 && !isNothing(diagonal, beside, end)) end++
    if (end === i) return
    chase(diagonal, beside, vectors, size, i, end)
  }
  throw new Error('the eigenvalues did not converge: the matrix has numbers that are not finite')
}

function isNothing(diagonal: Float64Array, beside: Float64Array, i: number): boolean {
  const neighbours = Math.abs(diagonal[i] as number) + Math.abs(diagonal[i + 1] as number)
  return neighbours + Math.abs(beside[i] as number) === neighbours
}

/** One implicit QL step with Wilkinson's shift on the block from `start` to `end`. */
function chase(
  diagonal: Float64Array,
  beside: Float64Array,
  vectors: Float64Array,
  size: number,
  start: number,
  end: number,
) {
  const slope = ((diagonal[start + 1] as number) - (diagonal[start] as number)) / (2 * (beside[start] as number))
  const root = Math.hypot(slope, 1)
  let bulge = (diagonal[end] as number) - (diagonal[start] as number)
  bulge += (beside[start] as number) / (slope + (slope < 0 ? -root : root))
  let sine = 1
  let cosine = 1
  let carried = 0
  for (let i = end - 1; i >= start; i--) {
    const along = sine * (beside[i] as number)
    const across = cosine * (beside[i] as number)
    const length = Math.hypot(along, bulge)
    beside[i + 1] = length
    if (length === 0) {
      diagonal[i + 1] = (diagonal[i + 1] as number) - carried
      beside[end] = 0
      return
    }
    sine = along / length
    cosine = bulge / length
    const shifted = (diagonal[i + 1] as number) - carried
    const turned = ((diagonal[i] as number) - shifted) * sine + 2 * cosine * across
    carried = sine * turned
    diagonal[i + 1] = shifted + carried
    bulge = cosine * turned - across
    rotate(vectors, size, i, cosine, sine)
  }
  diagonal[start] = (diagonal[start] as number) - carried
  beside[start] = bulge
  beside[end] = 0
}

function rotate(vectors: Float64Array, size: number, i: number, cosine: number, sine: number) {
  const first = i * size
  const second = first + size
  for (let k = 0; k < size; k++) {
    const a = vectors[first + k] as number
    const b = vectors[second + k] as number
    vectors[second + k] = sine * a + cosine * b
    vectors[first + k] = cosine * a - sine * b
  }
}
