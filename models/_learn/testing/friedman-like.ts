import { createRandom } from '../random.ts'

/** y = 10 a b + 5 [c > 0.5], with one unknown cell in twenty; and classes, 0 to 2, by thirds of its range. */
export function friedmanLike(rows: number, seed: number) {
  const random = createRandom(seed)
  const columns = [0, 1, 2].map(() => Float64Array.from({ length: rows }, () => random.next()))
  const [a, b, c] = columns
  const target = Float64Array.from({ length: rows }, (_, i) => {
    return 10 * (a?.[i] ?? 0) * (b?.[i] ?? 0) + ((c?.[i] ?? 0) > 0.5 ? 5 : 0)
  })
  const holed = columns.map((column) => column.map((value) => (random.next() < 0.05 ? Number.NaN : value)))
  return { matrix: { rows, columns: holed }, target, classes: target.map((value) => Math.floor(value / 5.01)) }
}
