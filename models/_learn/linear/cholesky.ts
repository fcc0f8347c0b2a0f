/**
 * Solves A x = b for a symmetric positive definite A, given row by row; A is overwritten with its factor.
 *
 * @throws Error when A is singular to working precision
 */
export function solveCholesky(matrix: Float64Array, right: Float64Array): Float64Array {
  const size = right.length
  const at = (i: number, j: number) => matrix[i * size + j] ?? 0
  for (let j = 0; j < size; j++) {
    const diagonal = at(j, j)
    let pivot = diagonal
    for (let k = 0; k < j; k++) pivot -= at(j, k) ** 2
    if (!(pivot > diagonal * 1e-12)) throw new Error(`the system is singular at column ${j}`)
    const root = Math.sqrt(pivot)
    matrix[j * size + j] = root
    for (let i = j + 1; i < size; i++) {
      let sum = at(i, j)
      for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k)
      matrix[i * size + j] = sum / root
    }
  }
  const solution = Float64Array.from(right)
  for (let i = 0; i < size; i++) {
    let sum = solution[i] ?? 0
    for (let k = 0; k < i; k++) sum -= at(i, k) * (solution[k] ?? 0)
    solution[i] = sum / at(i, i)
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = solution[i] ?? 0
    for (let k = i + 1; k < size; k++) sum -= at(k, i) * (solution[k] ?? 0)
    solution[i] = sum / at(i, i)
  }
  return solution
}
