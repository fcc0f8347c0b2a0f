import { breathe, type TrainingControl } from '../control.ts'

/** A smooth convex function, and what is added to it for the size of each coordinate. */
export interface Objective {
  /** The smooth part at `point`; its gradient is written to `gradient`. */
  evaluate(point: Float64Array, gradient: Float64Array): number
  /** The sum of sizePenalties x |point| is added: coordinates may then end at exactly 0. */
  sizePenalties: Float64Array
}

export interface MinimiseOptions extends TrainingControl {
  /** Ends when no coordinate's slope is steeper. */
  tolerance: number
  maxSteps: number
}

/** Steps whose curvature is remembered. */
const MEMORY = 10
const HALVINGS = 40
/** What rounding may add to a sum of many losses: a step that only seems to climb by that much is taken. */
const ROUNDING = 1e-14

interface Step {
  moved: Float64Array
  turned: Float64Array
  /** 1 / (moved x turned) */
  inverse: number
}

/**
 * Moves `point` to the minimum by limited-memory BFGS (Liu and Nocedal, 1989); coordinates with a size penalty keep to one
 * side of zero within a step (OWL-QN: Andrew and Gao, 2007). Meant for coordinates scaled so that curvatures are near 1.
 *
 * @returns whether it got there in the steps it had
 */
export async function minimise(objective: Objective, point: Float64Array, options: MinimiseOptions): Promise<boolean> {
  const { sizePenalties } = objective
  let gradient = new Float64Array(point.length)
  let value = objective.evaluate(point, gradient) + penaltyOf(point, sizePenalties)
  let memory: Step[] = []
  for (let done = 0; done < options.maxSteps; done++) {
    options.onProgress?.({ stage: 'steps', done, total: options.maxSteps })
    await breathe(options.signal)
    const slope = steepestSlope(point, gradient, sizePenalties)
    if (slope.every((one) => Math.abs(one) <= options.tolerance)) return true
    const direction = descentDirection(slope, memory, sizePenalties)
    const next = searchLine(objective, point, value, slope, direction)
    if (next === undefined) {
      if (memory.length === 0) return false
      memory = []
      continue
    }
    memory = remember(memory, difference(next.point, point), difference(next.gradient, gradient))
    point.set(next.point)
    gradient = next.gradient
    value = next.value
  }
  return false
}

function penaltyOf(point: Float64Array, sizePenalties: Float64Array): number {
  return point.reduce((sum, value, j) => sum + (sizePenalties[j] as number) * Math.abs(value), 0)
}

/** The gradient with the penalty's; at 0, where that has two sides, the one that leads down, if one does. */
function steepestSlope(point: Float64Array, gradient: Float64Array, sizePenalties: Float64Array): Float64Array {
  return gradient.map((smooth, j) => {
    const penalty = sizePenalties[j] as number
    const value = point[j] as number
    if (value !== 0) return smooth + Math.sign(value) * penalty
    return Math.sign(smooth) * Math.max(Math.abs(smooth) - penalty, 0)
  })
}

/** Down the slope, bent by the remembered curvature (the two-loop recursion). */
function descentDirection(slope: Float64Array, memory: readonly Step[], sizePenalties: Float64Array): Float64Array {
  const direction = slope.map((value) => -value)
  const shares = memory.toReversed().map(({ moved, turned, inverse }) => {
    const share = inverse * dot(moved, direction)
    add(direction, turned, -share)
    return share
  })
  const last = memory.at(-1)
  if (last !== undefined) {
    const scale = 1 / (last.inverse * dot(last.turned, last.turned))
    for (let j = 0; j < direction.length; j++) direction[j] = (direction[j] as number) * scale
  }
  memory.forEach(({ moved, turned, inverse }, i) => {
    add(direction, moved, (shares[memory.length - 1 - i] as number) - inverse * dot(turned, direction))
  })
  return direction.map((value, j) =>
    (sizePenalties[j] as number) > 0 && value * (slope[j] as number) >= 0 ? 0 : value,
  )
}

/** The first of the steps 1, 1/2, 1/4 ... that leads down far enough, if one does. */
function searchLine(
  { evaluate, sizePenalties }: Objective,
  point: Float64Array,
  value: number,
  slope: Float64Array,
  direction: Float64Array,
) {
  const gradient = new Float64Array(point.length)
  for (let halving = 0; halving < HALVINGS; halving++) {
    const length = 2 ** -halving
    const next = point.map((from, j) => {
      const to = from + length * (direction[j] as number)
      const side = Math.sign(from) || -Math.sign(slope[j] as number)
      return (sizePenalties[j] as number) > 0 && to * side <= 0 ? 0 : to
    })
    const nextValue = evaluate(next, gradient) + penaltyOf(next, sizePenalties)
    const promised = dot(slope, difference(next, point))
    if (nextValue <= value + 1e-4 * promised + ROUNDING * Math.abs(value))
      return { point: next, value: nextValue, gradient }
  }
  return undefined
}

function remember(memory: readonly Step[], moved: Float64Array, turned: Float64Array): Step[] {
  const product = dot(moved, turned)
  if (!(product > 0)) return [...memory]
  return [...memory.slice(1 - MEMORY), { moved, turned, inverse: 1 / product }]
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, j) => value - (b[j] as number))
}

function add(to: Float64Array, amount: Float64Array, factor: number) {
  for (let j = 0; j < to.length; j++) to[j] = (to[j] as number) + factor * (amount[j] as number)
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let j = 0; j < a.length; j++) sum += (a[j] as number) * (b[j] as number)
  return sum
}
