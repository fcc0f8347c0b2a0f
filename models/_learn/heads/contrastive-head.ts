import { breathe, type TrainingControl } from '../control.ts'
import { Arena } from '../kernels/arena.ts'
import { createRandom, permutation } from '../random.ts'
import { rowWeights } from '../weights.ts'
import { createAdamW } from './adam-w.ts'
import { ContrastiveObjective, type RelatedPairs } from './contrastive-objective.ts'
import { createDense, firstRows } from './dense.ts'
import { checkEmbeddings, type Embeddings, normaliseEmbeddings, normaliseRow } from './embeddings.ts'
import { Projection, type ProjectionShape } from './projection.ts'

/** Vectors that are paired row by row: an anchor and what belongs to it, or a query and an item that was judged for it. */
export interface EmbeddingPairs {
  anchors: Embeddings
  items: Embeddings
  /** 1 where a pair belongs together, -1 where it does not; 1 for all by default. */
  feedback?: ArrayLike<number>
  /** A whole number of 32 bits a pair. Pairs with the same label are no negatives of each other; all differ by default. */
  labels?: ArrayLike<number>
  /** How much each pair's own loss counts. */
  weights?: Float64Array
}

/** y = z / |z| with z = x W or x + x W, where W is the product of the factors. */
export interface ContrastiveHead {
  inputs: number
  outputs: number
  residual: boolean
  /** Row-major; one `[inputs, outputs]`, or `[inputs, rank]` and `[rank, outputs]`. */
  factors: readonly { rows: number; columns: number; values: Float32Array }[]
  /** Cosines over this were the logits of the training. */
  temperature: number
}

export interface ContrastiveOptions extends TrainingControl {
  seed: number
  /** Width of what comes out; that of the embeddings by default. */
  outputs?: number
  /** Add the projection to the embedding, and so start from the frozen model? By default where the widths agree. */
  residual?: boolean
  /** Rank of the projection; full by default. */
  rank?: number
  /** 0.07 by default. */
  temperature?: number
  /** True by default. */
  learnTemperature?: boolean
  /** Most pairs that are compared with each other at a time; 256 by default. */
  batchSize?: number
  /** 100 by default. */
  epochs?: number
  /** 0.001 by default. */
  learningRate?: number
  /** 0.01 by default; it draws a residual head to the frozen model. */
  weightDecay?: number
  /** Share of the pairs that are held out to tell when to stop; 0.2 by default, 0 to train all epochs on all pairs. */
  validationShare?: number
  /** Epochs without a better validation loss before the training stops; 3 by default. */
  patience?: number
}

export interface FittedContrastiveHead {
  head: ContrastiveHead
  /** Epochs whose steps the head has: 0 where nothing was better than the start. */
  epochs: number
  /** Mean loss of each epoch's batches. */
  trainingLosses: number[]
  /** Before the training and after each epoch; empty without held-out pairs. */
  validationLosses: number[]
}

/** CLIP's bound for what is learned: lower temperatures make the loss unstable. */
const MAX_LOG_SCALE = Math.log(100)

/**
 * Learns a linear projection of frozen embeddings under which pairs that belong together are near, with InfoNCE and AdamW.
 * The head of the epoch with the lowest loss on held-out pairs is kept, and the start where that head finds them worse.
 *
 * @throws Error that names the row or option that is wrong, or the signal's reason
 */
export async function fitContrastiveHead(
  pairs: EmbeddingPairs,
  options: ContrastiveOptions,
): Promise<FittedContrastiveHead> {
  const related = relate(pairs)
  const shape = shapeOf(related, options)
  const { batchSize = 256, temperature = 0.07 } = options
  if (!(batchSize >= 2)) throw new Error(`a batch must hold at least two pairs, got ${batchSize}`)
  if (!(temperature > 0)) throw new Error(`the temperature must be positive, got ${temperature}`)
  const random = createRandom(options.seed)
  const order = permutation(related.anchors.rows, random.fork())
  const held = holdOut(order.length, options.validationShare ?? 0.2)
  const objective = new ContrastiveObjective(related, shape, Math.min(batchSize, order.length), temperature)
  objective.projection.start(random.fork())
  const validation = batchesOf(order.subarray(0, held), batchSize)
  const epoch = createEpoch(objective, order.slice(held), { ...options, batchSize }, random.fork())
  const kept = await trainEpochs(objective, epoch, validation, options)
  const factors = objective.projection.factors.map(({ rows, columns, values }) => ({
    rows,
    columns,
    values: Float32Array.from(values), // out of the shared memory
  }))
  const { inputs, outputs, residual } = shape
  return { head: { inputs, outputs, residual, factors, temperature: 1 / objective.scale }, ...kept }
}

/** The rows of length 1 that the head makes of embeddings; a row of zeros stays one. */
export function applyContrastiveHead(head: ContrastiveHead, embeddings: Embeddings): Embeddings {
  const { inputs, outputs, residual, factors } = head
  const { rows, width } = embeddings
  if (width !== inputs) throw new Error(`the head reads ${inputs} numbers a row, got ${width}`)
  const arena = new Arena()
  const capacity = Math.min(Math.max(rows, 1), 1024)
  const rank = factors.length > 1 ? factors[0]?.columns : undefined
  const projection = new Projection(arena, { inputs, outputs, residual, rank }, capacity)
  factors.forEach(({ values }, k) => {
    projection.factors[k]?.values.set(values)
  })
  const input = createDense(arena, capacity, inputs)
  const output = createDense(arena, capacity, outputs)
  const values = new Float32Array(rows * outputs)
  for (let start = 0; start < rows; start += capacity) {
    const count = Math.min(capacity, rows - start)
    input.values.set(embeddings.values.subarray(start * inputs, (start + count) * inputs))
    const projected = firstRows(output, count)
    projection.forward(firstRows(input, count), projected)
    for (let row = 0; row < count; row++) normaliseRow(projected.values, row * outputs, outputs)
    values.set(projected.values, start * outputs)
  }
  return { rows, width: outputs, values }
}

function relate({ anchors, items, feedback, labels, weights }: EmbeddingPairs): RelatedPairs {
  checkEmbeddings(anchors, 'anchors')
  checkEmbeddings(items, 'items')
  const { rows } = anchors
  if (items.rows !== rows) throw new Error(`${rows} anchors have ${items.rows} items`)
  if (items.width !== anchors.width) throw new Error(`anchors have ${anchors.width} numbers and items ${items.width}`)
  for (const [name, values] of Object.entries({ feedback, labels, weights }))
    if (values !== undefined && values.length !== rows) throw new Error(`${rows} pairs have ${values.length} ${name}`)
  return {
    anchors: normaliseEmbeddings(anchors),
    items: normaliseEmbeddings(items),
    feedback: Int8Array.from({ length: rows }, (_, row) => checked(feedback, row, 1, 'feedback', [1, -1])),
    labels: Int32Array.from({ length: rows }, (_, row) => checked(labels, row, row, 'label')),
    weights: rowWeights(weights, rows),
  }
}

function checked(
  values: ArrayLike<number> | undefined,
  row: number,
  preset: number,
  name: string,
  allowed?: readonly number[],
): number {
  const value = values === undefined ? preset : (values[row] ?? Number.NaN)
  if (allowed === undefined ? value === (value | 0) : allowed.includes(value)) return value
  throw new Error(`the ${name} of row ${row} is ${value}, not ${allowed?.join(' or ') ?? 'a whole number of 32 bits'}`)
}

function shapeOf({ anchors }: RelatedPairs, { outputs = anchors.width, residual, rank }: ContrastiveOptions) {
  const inputs = anchors.width
  const shape: ProjectionShape = { inputs, outputs, residual: residual ?? outputs === inputs, rank }
  if (!Number.isInteger(outputs) || outputs < 1) throw new Error(`a head cannot have ${outputs} outputs`)
  if (shape.residual && outputs !== inputs)
    throw new Error(`a residual head has as many outputs as inputs, ${inputs}, not ${outputs}`)
  if (rank !== undefined && !(Number.isInteger(rank) && rank >= 1 && rank <= Math.min(inputs, outputs)))
    throw new Error(`the rank must lie between 1 and ${Math.min(inputs, outputs)}, got ${rank}`)
  return shape
}

function holdOut(rows: number, share: number): number {
  if (!(share >= 0 && share < 1)) throw new Error(`the validation share must lie between 0 and 1, got ${share}`)
  const held = Math.round(rows * share)
  if (rows - held < 2) throw new Error(`${rows} pairs are too few: at least two must be left to learn from`)
  return held < 2 ? 0 : held // one pair alone has nothing to be told from
}

/** Rows in batches of nearly the same size. */
function batchesOf(rows: Int32Array, batchSize: number): Int32Array[] {
  const count = Math.ceil(rows.length / batchSize)
  return Array.from({ length: count }, (_, k) =>
    rows.slice(Math.floor((k * rows.length) / count), Math.floor(((k + 1) * rows.length) / count)),
  )
}

type Epoch = () => Promise<number>

/** A function that takes one step a batch, in a new order each time, and returns the mean loss. */
function createEpoch(
  objective: ContrastiveObjective,
  rows: Int32Array,
  options: ContrastiveOptions & { batchSize: number },
  random: ReturnType<typeof createRandom>,
): Epoch {
  const { learningRate = 1e-3, weightDecay = 0.01, learnTemperature = true, signal } = options
  const { projection, logScale, logScaleGradient } = objective
  const move = createAdamW(projection.parameters.length, { learningRate, weightDecay })
  const moveScale = createAdamW(1, { learningRate, weightDecay: 0 })
  return async () => {
    const order = permutation(rows.length, random).map((i) => rows[i] ?? 0)
    let sum = 0
    for (const batch of batchesOf(order, options.batchSize)) {
      await breathe(signal)
      sum += batch.length * objective.lossAndGradient(batch)
      move(projection.parameters, projection.gradient)
      if (!learnTemperature) continue
      moveScale(logScale, logScaleGradient)
      logScale[0] = Math.min(logScale[0] ?? 0, MAX_LOG_SCALE)
    }
    return sum / rows.length
  }
}

async function trainEpochs(
  objective: ContrastiveObjective,
  epoch: Epoch,
  validation: readonly Int32Array[],
  { epochs: total = 100, patience = 3, onProgress }: ContrastiveOptions,
): Promise<Omit<FittedContrastiveHead, 'head'>> {
  const { parameters } = objective.projection
  const state = (reached: number) => ({
    epoch: reached,
    parameters: parameters.slice(),
    logScale: objective.logScale.slice(),
  })
  const restore = (saved: ReturnType<typeof state>) => {
    parameters.set(saved.parameters)
    objective.logScale.set(saved.logScale)
  }
  const rankOf = () => meanOver(validation, (batch) => objective.reciprocalRank(batch))
  const start = state(0)
  const startRank = rankOf()
  const trainingLosses: number[] = []
  const validationLosses = validation.length > 0 ? [meanOver(validation, (batch) => objective.loss(batch))] : []
  let best = start
  for (let done = 1; done <= total; done++) {
    trainingLosses.push(await epoch())
    onProgress?.({ stage: 'epochs', done, total })
    const loss =
      validation.length > 0 ? meanOver(validation, (batch) => objective.loss(batch)) : Number.NEGATIVE_INFINITY
    if (loss < Math.min(...validationLosses)) best = state(done)
    if (validation.length > 0) validationLosses.push(loss)
    if (done - best.epoch >= patience) break
  }
  restore(best)
  if (rankOf() >= startRank) return { epochs: best.epoch, trainingLosses, validationLosses }
  restore(start)
  return { epochs: 0, trainingLosses, validationLosses }
}

/** The mean over all rows of what is said of each batch; 0 without any. */
function meanOver(batches: readonly Int32Array[], judge: (batch: Int32Array) => number): number {
  const rows = batches.reduce((sum, batch) => sum + batch.length, 0)
  return rows === 0 ? 0 : batches.reduce((sum, batch) => sum + batch.length * judge(batch), 0) / rows
}
