import type { Examples, Loss } from './loss.ts'

export interface LambdaRankOptions {
  /** Pairs count that have one of the first so many places of their list. */
  truncation?: number
}

/** One list of rows that are ranked against each other. */
interface List {
  rows: Int32Array
  /** 2^relevance - 1 of each row. */
  gains: Float64Array
  /** DCG of the best order, up to the truncation; 0 when all rows are equally relevant to 0. */
  idealGain: number
}

/**
 * LambdaMART's loss (Burges 2010): rows of one list (`groups`) are put in the order of their relevance (whole numbers from
 * 0, the target), and a pair that stands wrong counts as much as mending it would raise NDCG. Scores have no unit.
 */
export function lambdaRankLoss({ truncation = 30 }: LambdaRankOptions = {}): Loss {
  return {
    name: 'lambdarank',
    outputs: 1,
    link: 'identity',
    over(examples) {
      const lists = listsOf(examples, truncation)
      return {
        constantHessian: false,
        start: () => new Float64Array(1),
        derive(scores, _output, gradients, hessians) {
          gradients.fill(0)
          hessians.fill(0)
          for (const list of lists) addLambdas(list, scores, truncation, gradients, hessians)
        },
        evaluate: (scores) => 1 - meanNdcg(lists, scores, truncation),
      }
    },
  }
}

function listsOf({ target, groups }: Examples, truncation: number): List[] {
  if (groups === undefined || groups.length !== target.length)
    throw new Error('ranking needs `groups`: one number a row that says which list it is in')
  const wrong = target.findIndex((value) => !(Number.isInteger(value) && value >= 0 && value <= 30))
  if (wrong >= 0)
    throw new Error(`the target of row ${wrong} is ${target[wrong]}: relevance is a whole number, 0 to 30`)
  const members = new Map<number, number[]>()
  for (let row = 0; row < target.length; row++) {
    const group = groups[row] as number
    const rows = members.get(group)
    if (rows === undefined) members.set(group, [row])
    else rows.push(row)
  }
  return Array.from(members.values(), (rows) => {
    const gains = Float64Array.from(rows, (row) => 2 ** (target[row] as number) - 1)
    return { rows: Int32Array.from(rows), gains, idealGain: discountedGain(gains.toSorted().reverse(), truncation) }
  })
}

function discount(place: number): number {
  return 1 / Math.log2(place + 2)
}

function discountedGain(gains: Float64Array, truncation: number): number {
  let sum = 0
  for (let place = 0; place < Math.min(gains.length, truncation); place++)
    sum += (gains[place] as number) * discount(place)
  return sum
}

/** Positions of a list's rows, the highest score first; equal scores in the order of the table. */
function ranked({ rows }: List, scores: Float64Array): Int32Array {
  const scoreOf = (position: number) => scores[rows[position] as number] as number
  return Int32Array.from(rows, (_, i) => i).sort((a, b) => scoreOf(b) - scoreOf(a) || a - b)
}

function addLambdas(
  list: List,
  scores: Float64Array,
  truncation: number,
  gradients: Float32Array,
  hessians: Float32Array,
) {
  if (list.idealGain === 0) return
  const order = ranked(list, scores)
  for (let high = 0; high < Math.min(order.length, truncation); high++)
    for (let low = high + 1; low < order.length; low++) addPair(list, order, high, low, scores, gradients, hessians)
}

/** The pull of one pair, on the places `high` and `low`: the more relevant row up, the other down. */
function addPair(
  { rows, gains, idealGain }: List,
  order: Int32Array,
  high: number,
  low: number,
  scores: Float64Array,
  gradients: Float32Array,
  hessians: Float32Array,
) {
  const upper = order[high] as number
  const lower = order[low] as number
  const difference = (gains[upper] as number) - (gains[lower] as number)
  if (difference === 0) return
  const [better, worse] = difference > 0 ? [rows[upper], rows[lower]] : [rows[lower], rows[upper]]
  const change = (Math.abs(difference) * (discount(high) - discount(low))) / idealGain
  const margin = (scores[better as number] as number) - (scores[worse as number] as number)
  const doubt = 1 / (1 + Math.exp(margin))
  const pull = change * doubt
  const curvature = change * doubt * (1 - doubt)
  gradients[better as number] = (gradients[better as number] as number) - pull
  gradients[worse as number] = (gradients[worse as number] as number) + pull
  hessians[better as number] = (hessians[better as number] as number) + curvature
  hessians[worse as number] = (hessians[worse as number] as number) + curvature
}

function meanNdcg(lists: readonly List[], scores: Float64Array, truncation: number): number {
  let sum = 0
  for (const list of lists) {
    const gains = Float64Array.from(ranked(list, scores), (position) => list.gains[position] as number)
    sum += list.idealGain === 0 ? 1 : discountedGain(gains, truncation) / list.idealGain
  }
  return sum / lists.length
}
