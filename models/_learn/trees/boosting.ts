import { breathe, type TrainingControl } from '../control.ts'
import type { Arena, Block } from '../kernels/arena.ts'
import { type Team, withTeam } from '../kernels/team.ts'
import { checkTrainingData, checkWeights, type Matrix } from '../matrix.ts'
import { createRandom, drawSome, type Random } from '../random.ts'
import { binTable } from './binning.ts'
import { createEarlyStopping, type HeldOut } from './early-stopping.ts'
import { GradientPairs } from './gradient-pairs.ts'
import { type GrownTree, type GrowthRules, LeafWiseGrower, routeRows } from './grow-leaf-wise.ts'
import type { Examples, Link, Loss, LossOver } from './losses/loss.ts'
import { NewtonCriterion, type NewtonRules, type NewtonSums } from './newton-criterion.ts'
import { renewLeaves } from './renew-leaves.ts'
import type { NodeRows } from './training-rows.ts'
import { scaleTree, type Tree, type TreeEnsemble } from './tree.ts'

export interface BoostingOptions extends TrainingControl {
  loss: Loss
  rounds: number
  /** Share of each tree's step that is taken; 0.1 without it. */
  learningRate?: number
  /** 31 without it. */
  maxLeaves?: number
  /** Without a limit if left out. */
  maxDepth?: number
  /** Least weight of training rows in a leaf; 20 without it. Judged by hessians where rows differ in theirs. */
  minLeafWeight?: number
  /** Least sum of hessians in a leaf. */
  minLeafHessian?: number
  /** Least gain of a split. */
  minGain?: number
  /** Penalties on the values of leaves. */
  l1?: number
  l2?: number
  /** Share of the rows that each round sees, drawn anew. */
  rowShare?: number
  /** Share of the columns that each tree sees, drawn anew. */
  columnShare?: number
  /** How many of them are looked at for each split. */
  columnsPerSplit?: number
  /** Columns with which predictions may only rise (1) or only fall (-1). */
  monotone?: Readonly<Record<number, 1 | -1>>
  /** Columns that hold codes of categories. */
  categorical?: readonly number[]
  /** At most so many bins a column, 2 to 255. */
  maxBins?: number
  /** How much each row counts. */
  weights?: Float64Array
  /** For ranking: which list each row is in. */
  groups?: ArrayLike<number>
  /** Rows that tell when to stop: the rounds after the best one are dropped. */
  validation?: HeldOut & Examples
  /** Threads to train with: the trees are the same with any number of them. */
  team?: (arena: Arena) => Team
  seed: number
}

export interface BoostedTrees extends TreeEnsemble {
  link: Link
  /** Rounds whose trees it has. */
  rounds: number
}

/**
 * Gradient boosting (Friedman 2001) by leaf-wise trees on histograms (Ke et al. 2017) with second-order steps (Chen &
 * Guestrin 2016): each tree grows on what the ones before it left over. One tree a round and output.
 *
 * @throws Error for data or options that nothing can be learned from
 */
export async function fitBoosting(
  matrix: Matrix,
  target: Float64Array,
  options: BoostingOptions,
): Promise<BoostedTrees> {
  checkTrainingData(matrix, target, { missing: 'allowed' })
  checkWeights(options.weights, matrix.rows)
  return withTeam(options.team, (arena, team) => new Boosting(arena, team, matrix, target, options).fit())
}

class Boosting {
  readonly #team: Team
  readonly #rows: number
  readonly #columns: readonly number[]
  readonly #target: Float64Array
  readonly #options: BoostingOptions
  readonly #over: LossOver
  readonly #pairs: GradientPairs
  readonly #grower: LeafWiseGrower<Float64Array, NewtonSums>
  /** Output by output, all rows. */
  readonly #scores: Block<Float64Array>
  readonly #intercepts: Float64Array
  readonly #random: Random

  constructor(arena: Arena, team: Team, matrix: Matrix, target: Float64Array, options: BoostingOptions) {
    const { loss, weights, groups, seed } = options
    this.#team = team
    this.#rows = matrix.rows
    this.#columns = matrix.columns.map((_, j) => j)
    this.#target = target
    this.#options = options
    this.#over = loss.over({ target, weights, groups })
    this.#random = createRandom(seed)
    const table = binTable(arena, matrix, options, team)
    this.#pairs = new GradientPairs(arena, team, matrix.rows)
    const weightFloats = weights && arena.float32(matrix.rows)
    if (weights !== undefined) weightFloats?.values.set(weights)
    const rules = rulesOf(options, matrix.columns.length, this.#over)
    const criterion = new NewtonCriterion(arena, table.columns, rules, this.#pairs.pointer)
    this.#grower = new LeafWiseGrower(arena, team, table, criterion, rules, weightFloats?.pointer)
    this.#intercepts = this.#over.start()
    this.#scores = arena.float64(matrix.rows * loss.outputs)
    this.#intercepts.forEach((start, k) => {
      this.#scores.values.fill(start, k * matrix.rows, (k + 1) * matrix.rows)
    })
  }

  async fit(): Promise<BoostedTrees> {
    const { rounds, loss, validation, signal, onProgress } = this.#options
    const stopping = validation && createEarlyStopping(validation, loss.over(validation).evaluate, this.#intercepts)
    const trees: Tree[] = []
    let done = 0
    while (done < rounds) {
      if (done % 8 === 0) await breathe(signal)
      const grown = this.#round()
      trees.push(...grown)
      done++
      onProgress?.({ stage: 'rounds', done, total: rounds })
      if (stopping?.enough(grown)) break
    }
    const kept = stopping?.bestRounds ?? done
    return { link: loss.link, rounds: kept, intercepts: this.#intercepts, trees: trees.slice(0, kept * loss.outputs) }
  }

  /** One tree for each output; scores move when all of them are there. */
  #round(): Tree[] {
    const { rowShare = 1, columnShare = 1, learningRate = 0.1, loss } = this.#options
    const random = this.#random.fork()
    const bag = rowShare < 1 ? drawRows(this.#rows, rowShare, random) : undefined
    const columnCount = Math.max(1, Math.round(columnShare * this.#columns.length))
    const columns = columnShare < 1 ? drawSome(this.#columns, columnCount, random) : this.#columns
    const derivedFrom = loss.outputs > 1 ? this.#scores.values.slice() : this.#scores.values
    return Array.from({ length: loss.outputs }, (_, output) => {
      this.#derive(derivedFrom, output)
      const grown = this.#grower.grow({ bag, columns, random: random.fork() })
      const renewed = this.#renew(grown, output)
      const tree = { ...scaleTree(renewed, learningRate), output }
      this.#addToScores(tree, grown, bag)
      return tree
    })
  }

  #derive(scores: Float64Array, output: number) {
    const { gradients, hessians } = this.#pairs
    const { weights } = this.#options
    this.#over.derive(scores, output, gradients.values, hessians.values)
    if (weights !== undefined) {
      for (let row = 0; row < this.#rows; row++) {
        const weight = weights[row] as number
        gradients.values[row] = (gradients.values[row] as number) * weight
        hessians.values[row] = this.#over.constantHessian ? weight : (hessians.values[row] as number) * weight
      }
    }
    this.#pairs.update(this.#over.constantHessian && weights === undefined)
  }

  #renew({ tree, leaves }: GrownTree, output: number): Tree {
    const { leafStep } = this.#over
    if (leafStep === undefined) return tree
    const { weights } = this.#options
    const scores = this.#scores.values.subarray(output * this.#rows)
    return renewLeaves(tree, (node) => {
      const rows = Int32Array.from(this.#grower.rows.rowsOf(leaves.get(node) as NodeRows))
      const residuals = Float64Array.from(rows, (row) => (this.#target[row] as number) - (scores[row] as number))
      return leafStep(residuals, weights && Float64Array.from(rows, (row) => weights[row] as number))
    })
  }

  /** Rows that the tree has not seen move, too. */
  #addToScores(tree: Tree, { leaves, splits }: GrownTree, bag: Uint8Array | undefined) {
    this.#addLeaves(tree, leaves)
    if (bag === undefined) return
    const others = this.#grower.rows.root(bag.map((kept) => 1 - kept))
    this.#addLeaves(tree, routeRows(this.#grower.rows, others, tree, splits))
  }

  #addLeaves(tree: Tree, leaves: ReadonlyMap<number, NodeRows>) {
    const scores = this.#scores.pointer + 8 * tree.output * this.#rows
    for (const [node, rows] of leaves) {
      const value = tree.value[node] as number
      this.#team.run('addToRows', (member) => [
        this.#grower.rows.pointerOf(rows, member),
        rows.counts[member] as number,
        value,
        scores,
      ])
    }
  }
}

function rulesOf(options: BoostingOptions, columns: number, over: LossOver): GrowthRules & NewtonRules {
  const {
    maxLeaves = 31,
    maxDepth = 64,
    minLeafWeight = 20,
    minLeafHessian = 1e-3,
    columnsPerSplit = columns,
  } = options
  const { l1 = 0, l2 = 0, minGain = 0, monotone = {}, rounds, learningRate = 0.1 } = options
  const { rowShare = 1, columnShare = 1 } = options
  check('rounds', rounds, Number.isInteger(rounds) && rounds >= 1, 'a whole number from 1')
  check('learningRate', learningRate, learningRate > 0 && learningRate <= 1, 'above 0 and at most 1')
  check('maxLeaves', maxLeaves, Number.isInteger(maxLeaves) && maxLeaves >= 2, 'a whole number from 2')
  check('maxDepth', maxDepth, maxDepth >= 1, 'at least 1')
  check('rowShare', rowShare, rowShare > 0 && rowShare <= 1, 'above 0 and at most 1')
  check('columnShare', columnShare, columnShare > 0 && columnShare <= 1, 'above 0 and at most 1')
  check('columnsPerSplit', columnsPerSplit, columnsPerSplit >= 1, 'at least 1')
  for (const [name, value] of Object.entries({ minLeafWeight, minLeafHessian, l1, l2, minGain }))
    check(name, value, value >= 0 && Number.isFinite(value), 'zero or more')
  const directions = new Int8Array(columns)
  for (const [column, direction] of Object.entries(monotone)) {
    check('monotone', Number(column), Number(column) < columns, `a column below ${columns}`)
    directions[Number(column)] = direction
  }
  if (over.leafStep !== undefined && directions.some((direction) => direction !== 0))
    throw new Error('monotone constraints need a loss whose derivatives tell the values of leaves, such as squared')
  return { maxLeaves, maxDepth, minLeafWeight, minLeafHessian, columnsPerSplit, l1, l2, minGain, monotone: directions }
}

function check(name: string, value: number, fine: boolean, wanted: string) {
  if (!fine) throw new Error(`${name} must be ${wanted}, got ${value}`)
}

/** 1 for the rows that were drawn, exactly the share of them (Knuth's algorithm S). */
function drawRows(rows: number, share: number, random: Random): Uint8Array {
  const bag = new Uint8Array(rows)
  let missing = Math.max(1, Math.round(share * rows))
  for (let row = 0; row < rows; row++) {
    if (random.next() * (rows - row) >= missing) continue
    bag[row] = 1
    missing--
  }
  return bag
}
