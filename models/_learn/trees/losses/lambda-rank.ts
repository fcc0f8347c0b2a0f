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

/** What pairs pull at the rows of one list. */
interface Pulls {
  gradients: Float64Array
  hessians: Float64Array
  total: number
}

/** Long lists have more pairs: what a list pulls in all is brought down to the logarithm of it. */
function addLambdas(
  list: List,
  scores: Float64Array,
  truncation: number,
  gradients: Float32Array,
  hessians: Float32Array,
) {
  if (list.idealGain === 0) return
  const order = ranked(list, scores)
  const scoreAt = (place: number) => scores[list.rows[order[place] as number] as number] as number
  const tied = scoreAt(0) === scoreAt(order.length - 1)
  const pulls = { gradients: new Float64Array(order.length), hessians: new Float64Array(order.length), total: 0 }
  for (let high = 0; high < Math.min(order.length, truncation); high++) {
    for (let low = high + 1; low < order.length; low++) {
      const distance = tied ? 1 : 0.01 + Math.abs(scoreAt(high) - scoreAt(low))
      const upper = order[high] as number
      const lower = order[low] as number
      addPair(list, upper, lower, (discount(high) - discount(low)) / distance, scoreAt(high) - scoreAt(low), pulls)
    }
  }
  const scale = pulls.total > 0 ? Math.log2(1 + pulls.total) / pulls.total : 1
  list.rows.forEach((row, position) => {
    gradients[row] = scale * (pulls.gradients[position] as number)
    hessians[row] = scale * (pulls.hessians[position] as number)
  })
}

/** The pull of one pair, whose scores are `margin` apart: the more relevant row up, the other down. */
function addPair(
  { gains, idealGain }: List,
  upper: number,
  lower: number,
  places: number,
  margin: number,
  pulls: Pulls,
) {
  const difference = (gains[upper] as number) - (gains[lower] as number)
  if (difference === 0) return
  const [better, worse] = difference > 0 ? [upper, lower] : [lower, upper]
  const change = (Math.abs(difference) * places) / idealGain
  const doubt = 1 / (1 + Math.exp(difference > 0 ? margin : -margin))
  const pull = change * doubt
  const curvature = pull * (1 - doubt)
  pulls.gradients[better] = (pulls.gradients[better] as number) - pull
  pulls.gradients[worse] = (pulls.gradients[worse] as number) + pull
  pulls.hessians[better] = (pulls.hessians[better] as number) + curvature
  pulls.hessians[worse] = (pulls.hessians[worse] as number) + curvature
  pulls.total += 2 * pull
}

function meanNdcg(lists: readonly List[], scores: Float64Array, truncation: number): number {
  let sum = 0
  for (const list of lists) {
    const gains = Float64Array.from(ranked(list, scores), (position) => list.gains[position] as number)
    sum += list.idealGain === 0 ? 1 : discountedGain(gains, truncation) / list.idealGain
  }
  return sum / lists.length
}
