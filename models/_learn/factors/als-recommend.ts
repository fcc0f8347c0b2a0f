import { Arena } from '../kernels/arena.ts'
import { solveCholesky } from '../linear/cholesky.ts'
import type { AlsModel } from './als.ts'

export interface ScoredItem {
  item: number
  score: number
}

/** What one user met: item and count, each item once. */
export interface History {
  items: ArrayLike<number>
  counts: ArrayLike<number>
}

/** The `count` items with the highest scores for a user of the training, best first, without those in `exclude`. */
export function recommend(model: AlsModel, user: number, count: number, exclude: ArrayLike<number> = []): ScoredItem[] {
  return recommendFor(model, rowOf(model.userFactors, user, model.factors, 'user'), count, exclude)
}

/** The same for a user of whom the factors are given, as `foldInUser` makes them. */
export function recommendFor(
  { itemFactors, items }: AlsModel,
  userFactors: Float32Array,
  count: number,
  exclude: ArrayLike<number> = [],
): ScoredItem[] {
  return bestItems(multiply(itemFactors, items, userFactors), count, exclude)
}

/** Users that are scored together. */
const BATCH = 64

/** The recommendations of many users, in their order, and many times faster; `metBy` says what is left out of a user's. */
export function recommendToMany(
  model: AlsModel,
  users: ArrayLike<number>,
  count: number,
  metBy: (user: number) => ArrayLike<number> = () => [],
): ScoredItem[][] {
  const { items, factors, userFactors } = model
  const arena = new Arena()
  const itemRows = arena.float32(items * factors)
  itemRows.values.set(model.itemFactors)
  const userRows = arena.float32(BATCH * factors)
  const scores = arena.float32(BATCH * items)
  const panel = arena.allocate(4 * 8 * factors)
  const answers: ScoredItem[][] = []
  for (let first = 0; first < users.length; first += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, users.length - first) }, (_, i) => users[first + i] ?? -1)
    batch.forEach((user, i) => {
      userRows.values.set(rowOf(userFactors, user, factors, 'user'), i * factors)
    })
    arena.kernels.multiplyMatrices(
      ...([userRows.pointer, factors, 1, itemRows.pointer, 1, factors] as const),
      ...([scores.pointer, batch.length, factors, items, panel] as const),
    )
    batch.forEach((user, i) => {
      const own = scores.values.subarray(i * items, (i + 1) * items)
      answers.push(bestItems(own, count, metBy(user)))
    })
  }
  return answers
}

/** The `count` items whose factors point most nearly the same way, best first; the score is the cosine. */
export function similarItems(model: AlsModel, item: number, count: number): ScoredItem[] {
  const { itemFactors, items, factors } = model
  const own = rowOf(itemFactors, item, factors, 'item')
  const scores = multiply(itemFactors, items, own)
  const length = lengthOf(own)
  for (let other = 0; other < items; other++) {
    const product = length * lengthOf(itemFactors.subarray(other * factors, (other + 1) * factors))
    scores[other] = product > 0 ? (scores[other] as number) / product : 0
  }
  return bestItems(scores, count, [item])
}

/** Y'Y of the item factors Y plus the regularisation, `[factors, factors]`: what all users that are folded in share. */
export function itemGram({ itemFactors, items, factors, regularization }: AlsModel): Float64Array {
  const gram = new Float64Array(factors * factors)
  for (let i = 0; i < factors; i++) gram[i * factors + i] = regularization
  for (let item = 0; item < items; item++)
    addSquare(gram, itemFactors.subarray(item * factors, (item + 1) * factors), 1)
  return gram
}

/** The factors of a user who was not in the training, or has a longer history now: exact for the items as they are. */
export function foldInUser(model: AlsModel, { items, counts }: History, gram = itemGram(model)): Float32Array {
  const { factors, alpha, itemFactors } = model
  if (items.length !== counts.length) throw new Error(`${items.length} items have ${counts.length} counts`)
  const matrix = gram.slice()
  const right = new Float64Array(factors)
  for (let i = 0; i < items.length; i++) {
    const confidence = alpha * (counts[i] ?? Number.NaN)
    if (!(confidence > 0 && confidence < Infinity))
      throw new Error(`item ${items[i]} has the count ${counts[i]}, which is not positive`)
    const row = rowOf(itemFactors, items[i] ?? -1, factors, 'item')
    addSquare(matrix, row, confidence - 1)
    row.forEach((value, f) => {
      right[f] = (right[f] ?? 0) + confidence * value
    })
  }
  return Float32Array.from(solveCholesky(matrix, right))
}

function rowOf(values: Float32Array, row: number, width: number, kind: string): Float32Array {
  const found = values.subarray(row * width, (row + 1) * width)
  if (!Number.isInteger(row) || row < 0 || found.length !== width) throw new Error(`there is no ${kind} ${row}`)
  return found
}

function lengthOf(row: Float32Array): number {
  return Math.sqrt(row.reduce((sum, value) => sum + value * value, 0))
}

/** matrix += amount x row row' */
function addSquare(matrix: Float64Array, row: Float32Array, amount: number) {
  const width = row.length
  for (let i = 0; i < width; i++) {
    const scaled = amount * (row[i] as number)
    for (let j = 0; j < width; j++)
      matrix[i * width + j] = (matrix[i * width + j] as number) + scaled * (row[j] as number)
  }
}

function multiply(matrix: Float32Array, rows: number, vector: Float32Array): Float32Array {
  const width = vector.length
  const products = new Float32Array(rows)
  for (let row = 0, at = 0; row < rows; row++) {
    let sum = 0
    for (let f = 0; f < width; f++) sum += (matrix[at++] as number) * (vector[f] as number)
    products[row] = sum
  }
  return products
}

/** The largest scores, best first; the lower item where two are equal. Writes over those that are excluded. */
function bestItems(scores: Float32Array, count: number, exclude: ArrayLike<number>): ScoredItem[] {
  if (!Number.isInteger(count) || count < 1) throw new Error(`a positive number of items is recommended, not ${count}`)
  for (let i = 0; i < exclude.length; i++) scores[exclude[i] as number] = -Infinity
  const best: ScoredItem[] = []
  let least = -Infinity // of the best, once there are enough of them
  for (let item = 0; item < scores.length; item++) {
    const score = scores[item] as number
    if (!(score > least)) continue
    let at = best.length
    while (at > 0 && score > (best[at - 1]?.score ?? Infinity)) at--
    best.splice(at, 0, { item, score })
    if (best.length > count) best.pop()
    if (best.length === count) least = best[count - 1]?.score ?? least
  }
  return best
}
