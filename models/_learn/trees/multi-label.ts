import { breathe, type TrainingControl } from '../control.ts'
import type { Arena, Block } from '../kernels/arena.ts'
import { rangeOf, type Team, withTeam } from '../kernels/team.ts'
import { checkTrainingData, checkWeights, type Matrix } from '../matrix.ts'
import { createRandom, normal, type Random } from '../random.ts'
import { binTable } from './binning.ts'
import type { BoostedTrees } from './boosting.ts'
import { createEarlyStopping, type HeldOut } from './early-stopping.ts'
import { type GrownTree, LeafWiseGrower } from './grow-leaf-wise.ts'
import { logLosses } from './losses/logistic.ts'
import { weightedMean } from './losses/loss.ts'
import { LANES, SketchCriterion } from './sketch-criterion.ts'
import type { NodeRows } from './training-rows.ts'
import type { Tree } from './tree.ts'

export interface MultiLabelOptions extends TrainingControl {
  rounds: number
  /** Share of each tree's step that is taken; 0.1 without it. */
  learningRate?: number
  /** 64 without it. */
  maxLeaves?: number
  maxDepth?: number
  /** Least weight of training rows in a leaf; 20 without it. */
  minLeafWeight?: number
  /** Added to the hessians of leaves; 1 without it. */
  l2?: number
  columnsPerSplit?: number
  categorical?: readonly number[]
  maxBins?: number
  weights?: Float64Array
  /** Rows that tell when to stop: the rounds after the best one are dropped. */
  validation?: HeldOut & { labels: readonly ArrayLike<number>[] }
  team?: (arena: Arena) => Team
  seed: number
}

/**
 * Gradient boosting for many yes-or-no labels at once: every tree gives a vector, one number a label, so that one ensemble
 * serves all. Splits are found on random mixtures of the labels' gradients, leaves take a Newton step for each label
 * (SketchBoost: Iosipoi & Vakhrushev 2022).
 *
 * @param labels one column of 0 and 1 a label
 */
export async function fitMultiLabel(
  matrix: Matrix,
  labels: readonly ArrayLike<number>[],
  options: MultiLabelOptions,
): Promise<BoostedTrees> {
  checkTrainingData(matrix, new Float64Array(matrix.rows), { missing: 'allowed' })
  checkWeights(options.weights, matrix.rows)
  checkLabels(labels, matrix.rows)
  return withTeam(options.team, (arena, team) => new MultiLabel(arena, team, matrix, labels, options).fit())
}

class MultiLabel {
  readonly #arena: Arena
  readonly #team: Team
  readonly #rows: number
  readonly #labels: number
  /** Labels, and what fills them up to a multiple of four. */
  readonly #width: number
  readonly #options: MultiLabelOptions
  readonly #columns: readonly number[]
  readonly #truths: Block<Uint8Array>
  readonly #scores: Block<Float32Array>
  readonly #gradients: Block<Float32Array>
  readonly #weights: Block<Float32Array> | undefined
  readonly #projection: Block<Float32Array>
  readonly #sketches: Block<Float32Array>
  readonly #criterion: SketchCriterion
  readonly #grower: LeafWiseGrower<Int32Array, Int32Array>
  readonly #sums: Block<Float64Array>
  readonly #vector: Block<Float32Array>
  readonly #intercepts: Float64Array
  /** Mean hessian of each label, as the last tree left it: mixtures are made of labels of one scale. */
  readonly #spread: Float64Array
  readonly #random: Random

  constructor(
    arena: Arena,
    team: Team,
    matrix: Matrix,
    labels: readonly ArrayLike<number>[],
    options: MultiLabelOptions,
  ) {
    const { weights, maxLeaves = 64, maxDepth = 64, minLeafWeight = 20, l2 = 1 } = options
    const { columnsPerSplit = matrix.columns.length } = options
    const { rows } = matrix
    this.#arena = arena
    this.#team = team
    this.#rows = rows
    this.#labels = labels.length
    this.#width = Math.ceil(labels.length / 4) * 4
    this.#options = options
    this.#columns = matrix.columns.map((_, j) => j)
    this.#random = createRandom(options.seed)
    this.#truths = arena.bytes(rows * this.#width)
    this.#scores = arena.float32(rows * this.#width)
    this.#gradients = arena.float32(rows * this.#width)
    this.#projection = arena.float32(this.#width * LANES)
    this.#sketches = arena.float32(rows * LANES)
    this.#sums = arena.float64(2 * this.#width)
    this.#vector = arena.float32(this.#width)
    this.#weights = weights && arena.float32(rows)
    if (weights !== undefined) this.#weights?.values.set(weights)
    const shares = labels.map((label, k) => this.#readLabel(label, k))
    this.#intercepts = Float64Array.from(shares, (share) => Math.log(share / (1 - share)))
    this.#spread = Float64Array.from(shares, (share) => share * (1 - share))
    for (let row = 0; row < rows; row++) this.#scores.values.fill(-30, row * this.#width, (row + 1) * this.#width)
    for (let row = 0; row < rows; row++) this.#scores.values.set(this.#intercepts, row * this.#width)
    const table = binTable(arena, matrix, options, team)
    this.#criterion = new SketchCriterion(arena, table.columns, { l2, minLeafWeight }, this.#sketches.pointer)
    const rules = { maxLeaves, maxDepth, minLeafWeight, columnsPerSplit }
    this.#grower = new LeafWiseGrower(arena, team, table, this.#criterion, rules, this.#weights?.pointer)
  }

  /** @returns the share of rows that have the label, drawn a little towards the middle */
  #readLabel(label: ArrayLike<number>, k: number): number {
    let [ones, total] = [0, 0]
    for (let row = 0; row < this.#rows; row++) {
      const weight = this.#options.weights?.[row] ?? 1
      this.#truths.values[row * this.#width + k] = label[row] as number
      ones += weight * (label[row] as number)
      total += weight
    }
    return (ones + 0.5) / (total + 1)
  }

  async fit(): Promise<BoostedTrees> {
    const { rounds, signal, onProgress } = this.#options
    const stopping = this.#stopping()
    const trees: Tree[] = []
    while (trees.length < rounds) {
      if (trees.length % 4 === 0) await breathe(signal)
      this.#sketch()
      const grown = this.#grower.grow({ bag: undefined, columns: this.#columns, random: this.#random.fork() })
      const tree = this.#fillLeaves(grown)
      trees.push(tree)
      onProgress?.({ stage: 'rounds', done: trees.length, total: rounds })
      if (stopping?.enough([tree])) break
    }
    const kept = trees.slice(0, stopping?.bestRounds ?? trees.length)
    return { link: 'sigmoid', rounds: kept.length, intercepts: this.#intercepts, trees: kept }
  }

  #stopping() {
    const { validation } = this.#options
    if (validation === undefined) return undefined
    const { labels, matrix } = validation
    if (labels.length !== this.#labels) throw new Error(`validation has ${labels.length} of ${this.#labels} labels`)
    checkLabels(labels, matrix.rows)
    const truths = labels.map((label) => Float64Array.from(label))
    const meanLoss = (scores: Float64Array) =>
      truths.reduce((sum, truth, k) => sum + meanLogLoss(truth, scores.subarray(k * matrix.rows)), 0) / truths.length
    return createEarlyStopping(validation, meanLoss, this.#intercepts)
  }

  /** Gradients of all labels, and mixtures of them drawn anew. */
  #sketch() {
    const projection = this.#projection.values
    for (let k = 0; k < this.#labels; k++) {
      const scale = 1 / Math.sqrt((this.#spread[k] as number) + 1e-6)
      for (let lane = 1; lane < LANES; lane++) projection[k * LANES + lane] = scale * normal(this.#random)
    }
    const weights = this.#weights?.pointer ?? 0
    const largest = this.#team.run('sketchGradients', (member) => [
      this.#scores.pointer,
      this.#truths.pointer,
      weights,
      ...this.#range(member),
      this.#width,
      this.#projection.pointer,
      this.#gradients.pointer,
      this.#sketches.pointer,
    ])
    const limit = Math.min(2 ** 20, Math.floor((2 ** 31 - 1) / this.#rows))
    this.#criterion.weightScale = this.#weights === undefined ? 1 : limit / largestOf(this.#weights.values)
    this.#team.run('roundSketches', (member) => [
      this.#sketches.pointer,
      ...this.#range(member),
      limit / Math.max(...largest, 1e-30),
      weights,
      this.#criterion.weightScale,
    ])
  }

  #range(member: number): [first: number, rows: number] {
    const { first, count } = rangeOf(this.#team, member, this.#rows)
    return [first, count]
  }

  /** Gives each leaf its vector, a Newton step for each label, and moves the scores of its rows. */
  #fillLeaves({ tree, leaves }: GrownTree): Tree {
    const value = new Float64Array(tree.feature.length * this.#labels)
    this.#spread.fill(0)
    for (const [node, rows] of leaves) {
      const vector = this.#stepOf(rows)
      value.set(vector, node * this.#labels)
      this.#vector.values.set(vector)
      this.#team.run('addVectorToRows', (member) => [
        this.#grower.rows.pointerOf(rows, member),
        rows.counts[member] as number,
        this.#width,
        this.#vector.pointer,
        this.#scores.pointer,
      ])
    }
    return { ...tree, width: this.#labels, value }
  }

  #stepOf(rows: NodeRows): Float64Array {
    const { learningRate = 0.1, l2 = 1 } = this.#options
    this.#sums.values.fill(0)
    for (let member = 0; member < rows.counts.length; member++) {
      this.#arena.kernels.sumLabelGradients(
        this.#grower.rows.pointerOf(rows, member),
        rows.counts[member] as number,
        this.#width,
        this.#gradients.pointer,
        this.#weights?.pointer ?? 0,
        this.#sums.pointer,
      )
    }
    return Float64Array.from({ length: this.#labels }, (_, k) => {
      const hessian = this.#sums.values[this.#width + k] as number
      this.#spread[k] = (this.#spread[k] as number) + hessian / this.#rows
      return (-learningRate * (this.#sums.values[k] as number)) / (hessian + l2)
    })
  }
}

function meanLogLoss(truth: Float64Array, scores: Float64Array): number {
  return weightedMean(logLosses(truth, scores), undefined)
}

function largestOf(values: Float32Array): number {
  return values.reduce((largest, value) => Math.max(largest, value), 0)
}

function checkLabels(labels: readonly ArrayLike<number>[], rows: number) {
  if (labels.length === 0) throw new Error('there are no labels to learn')
  labels.forEach((label, k) => {
    if (label.length !== rows) throw new Error(`label ${k} has ${label.length} of ${rows} rows`)
    for (let row = 0; row < rows; row++)
      if (label[row] !== 0 && label[row] !== 1)
        throw new Error(`label ${k} of row ${row} is ${label[row]}: labels are 0 or 1`)
  })
}
