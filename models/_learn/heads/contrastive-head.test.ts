import { expect, test } from 'vitest'
import { createRandom } from '../random.ts'
import { createWorld, randomLabels } from '../testing/hidden-classes.ts'
import {
  applyContrastiveHead,
  type ContrastiveHead,
  type ContrastiveOptions,
  type EmbeddingPairs,
  fitContrastiveHead,
} from './contrastive-head.ts'
import { ContrastiveObjective } from './contrastive-objective.ts'
import { type Embeddings, normaliseEmbeddings } from './embeddings.ts'

const WIDTH = 24
const CLASSES = 30

/** Share of queries with one of their class among the first ten, and the mean of 1 / place of the first. */
function retrieval(queries: Embeddings, queryLabels: Int32Array, items: Embeddings, itemLabels: Int32Array) {
  let recall = 0
  let reciprocal = 0
  for (let i = 0; i < queries.rows; i++) {
    const cosines = Array.from(itemLabels, (_, k) => dot(queries, i, items, k))
    const best = Math.max(...cosines.filter((_, k) => itemLabels[k] === queryLabels[i]))
    const place = 1 + cosines.filter((cosine) => cosine > best).length
    recall += Number(place <= 10) / queries.rows
    reciprocal += 1 / place / queries.rows
  }
  return { recall, reciprocal }
}

function dot(a: Embeddings, i: number, b: Embeddings, k: number): number {
  let sum = 0
  for (let j = 0; j < a.width; j++) sum += (a.values[i * a.width + j] ?? 0) * (b.values[k * b.width + j] ?? 0)
  return sum
}

/** Retrieval on vectors that no training has seen, as they are and after the head. */
function judge(world: ReturnType<typeof createWorld>, head: ContrastiveHead, seed: number) {
  const queryLabels = randomLabels(200, CLASSES, seed)
  const itemLabels = Int32Array.from({ length: 5 * CLASSES }, (_, i) => i % CLASSES)
  const [queries, items] = [world(queryLabels, seed + 1), world(itemLabels, seed + 2)]
  return {
    frozen: retrieval(normaliseEmbeddings(queries), queryLabels, normaliseEmbeddings(items), itemLabels),
    learned: retrieval(applyContrastiveHead(head, queries), queryLabels, applyContrastiveHead(head, items), itemLabels),
  }
}

function classPairs(world: ReturnType<typeof createWorld>, count: number, seed: number): EmbeddingPairs {
  const labels = randomLabels(count, CLASSES, seed)
  return { anchors: world(labels, seed + 1), items: world(labels, seed + 2), labels }
}

/** Queries with an item each, of which half belong to them, and a judgement that says which. */
function feedbackPairs(world: ReturnType<typeof createWorld>, count: number, seed: number): EmbeddingPairs {
  const random = createRandom(seed)
  const queries = randomLabels(count, CLASSES, seed)
  const items = queries.map((label) => (random.next() < 0.5 ? label : random.integer(CLASSES)))
  const feedback = queries.map((label, i) => (label === items[i] ? 1 : -1))
  return { anchors: world(queries, seed + 1), items: world(items, seed + 2), feedback }
}

test.each<[string, Partial<ContrastiveOptions>]>([
  ['residual', {}],
  ['residual of rank 8', { rank: 8, learningRate: 3e-3 }],
  ['narrower', { outputs: 12 }],
])(
  'a head that is %s finds the class of vectors that it has not seen where the frozen model does not',
  async (_, options) => {
    const world = createWorld({ seed: 1, width: WIDTH, classes: CLASSES })
    const { head, validationLosses } = await fitContrastiveHead(classPairs(world, 1000, 10), {
      seed: 1,
      batchSize: 128,
      ...options,
    })
    const { frozen, learned } = judge(world, head, 50)
    expect(frozen.recall).toBeLessThan(0.6)
    expect(learned.recall).toBeGreaterThan(0.9)
    expect(learned.reciprocal).toBeGreaterThan(2 * frozen.reciprocal)
    expect(Math.min(...validationLosses)).toBeLessThan(validationLosses[0] ?? 0)
  },
)

test.each([
  [1, 1],
  [2, 1],
  [3, 2],
  [4, 2],
  [5, 3],
  [6, 3],
])(
  'judgements without noise lift the retrieval above the frozen model (world %i, distraction %i)',
  async (seed, distraction) => {
    const world = createWorld({ seed, width: WIDTH, classes: CLASSES, distraction })
    const { head } = await fitContrastiveHead(feedbackPairs(world, 400, seed), { seed, batchSize: 128 })
    const { frozen, learned } = judge(world, head, seed + 7)
    expect(learned.recall).toBeGreaterThan(frozen.recall)
    expect(learned.reciprocal).toBeGreaterThan(frozen.reciprocal)
  },
)

test('a head that finds the held-out pairs worse is not kept, though its loss be lower', async () => {
  const random = createRandom(3)
  const near = (value: number) => value + random.next() - 0.5
  const anchors = { rows: 60, width: 8, values: Float32Array.from({ length: 480 }, () => random.next() - 0.5) }
  const items = { ...anchors, values: anchors.values.map(near) }
  const options = { seed: 1, validationShare: 0.4, learningRate: 0.05, temperature: 0.01 }
  const { head, epochs, validationLosses } = await fitContrastiveHead({ anchors, items }, options)
  expect(Math.min(...validationLosses)).toBeLessThan(validationLosses[0] ?? 0)
  expect(epochs).toBe(0)
  expect(applyContrastiveHead(head, anchors)).toEqual(normaliseEmbeddings(anchors))
})

test.each<[string, { residual: boolean; rank?: number; outputs?: number }]>([
  ['full', { residual: false }],
  ['residual', { residual: true }],
  ['of rank 2', { residual: true, rank: 2 }],
  ['narrower of rank 2', { residual: false, rank: 2, outputs: 3 }],
])('the gradient of a projection that is %s is what finite differences say', (_, { residual, rank, outputs = 5 }) => {
  const random = createRandom(4)
  const embeddings = (): Embeddings => ({
    rows: 6,
    width: 5,
    values: Float32Array.from({ length: 30 }, () => random.next() - 0.5),
  })
  const pairs = {
    anchors: normaliseEmbeddings(embeddings()),
    items: normaliseEmbeddings(embeddings()),
    feedback: Int8Array.of(1, -1, 1, 1, -1, 1),
    labels: Int32Array.of(0, 1, 0, 2, 2, 3),
    weights: Float64Array.of(1, 2, 0.5, 1, 0, 1),
  }
  const objective = new ContrastiveObjective(pairs, { inputs: 5, outputs, residual, rank }, 6, 0.5)
  const { projection, logScale } = objective
  projection.parameters.forEach((_, i) => {
    projection.parameters[i] = random.next() - 0.5
  })
  const rows = Int32Array.of(3, 0, 5, 1, 4)
  objective.lossAndGradient(rows)
  const gradient = [...projection.gradient, ...objective.logScaleGradient]
  const step = 2 ** -9
  const slopeOf = (values: Float32Array | Float64Array, i: number) => {
    const value = values[i] ?? 0
    const [up, down] = [step, -step].map((move) => {
      values[i] = value + move
      return objective.loss(rows)
    })
    values[i] = value
    return ((up ?? 0) - (down ?? 0)) / (2 * step)
  }
  const slopes = [
    ...Array.from(projection.parameters, (_, i) => slopeOf(projection.parameters, i)),
    slopeOf(logScale, 0),
  ]
  expect(gradient).toEqual(slopes.map((slope) => expect.closeTo(slope, 2)))
  expect(Math.max(...gradient.map(Math.abs))).toBeGreaterThan(0.01)
})

const small = () => classPairs(createWorld({ seed: 2, width: 8, classes: CLASSES }), 60, 3)
const brief = { seed: 1, epochs: 3, batchSize: 16 }

test('the same seed gives the same head, another seed another', async () => {
  const fits = await Promise.all([1, 1, 2].map((seed) => fitContrastiveHead(small(), { ...brief, seed })))
  expect(fits[0]).toEqual(fits[1])
  expect(fits[0]?.head).not.toEqual(fits[2]?.head)
})

test('the length of the embeddings and the unit of the weights do not matter', async () => {
  const { anchors, items, labels } = small()
  const longer = (embeddings: Embeddings) => ({ ...embeddings, values: embeddings.values.map((value) => 4 * value) })
  const plain = await fitContrastiveHead({ anchors, items, labels }, brief)
  const weights = new Float64Array(60).fill(8)
  const scaled = await fitContrastiveHead({ anchors: longer(anchors), items: longer(items), labels, weights }, brief)
  expect(scaled).toEqual(plain)
  const [one, other] = [applyContrastiveHead(plain.head, anchors), applyContrastiveHead(plain.head, longer(anchors))]
  other.values.forEach((value, i) => {
    expect(value).toBeCloseTo(one.values[i] ?? 0, 6)
  })
})

test('what comes out has the length 1, except of a row of zeros, which stays', async () => {
  const { head } = await fitContrastiveHead(small(), { ...brief, outputs: 3 })
  const { values } = applyContrastiveHead(head, {
    rows: 2,
    width: 8,
    values: Float32Array.from({ length: 16 }, (_, i) => Number(i < 8)),
  })
  expect(Math.hypot(...values.subarray(0, 3))).toBeCloseTo(1, 6)
  expect(Array.from(values.subarray(3))).toEqual([0, 0, 0])
  expect(applyContrastiveHead(head, { rows: 0, width: 8, values: new Float32Array() }).values).toHaveLength(0)
})

test('a training tells how far it is and stops when it is told to', async () => {
  const seen: number[] = []
  const stop = new AbortController()
  const onProgress = ({ done }: { done: number }) => {
    seen.push(done)
    if (done === 2) stop.abort(new Error('enough'))
  }
  const options = { ...brief, epochs: 50, validationShare: 0, onProgress, signal: stop.signal }
  await expect(fitContrastiveHead(small(), options)).rejects.toThrow('enough')
  expect(seen).toEqual([1, 2])
})

test('what cannot be learned from is refused with the row or option that is wrong', async () => {
  const pairs = small()
  const refused = (change: Partial<EmbeddingPairs>, options: Partial<ContrastiveOptions> = {}) =>
    expect(fitContrastiveHead({ ...pairs, ...change }, { ...brief, ...options })).rejects
  const broken = (value: number) => ({
    ...pairs.items,
    values: pairs.items.values.map((old, i) => (i >> 3 === 4 ? value : old)),
  })
  await refused({ anchors: { rows: 0, width: 8, values: new Float32Array() } }).toThrow('there are no anchors')
  await refused({ items: broken(0) }).toThrow('row 4 of the items has the length 0')
  await refused({ items: broken(Number.NaN) }).toThrow('row 4 of the items has the length NaN')
  await refused({ items: broken(Number.POSITIVE_INFINITY) }).toThrow('the length Infinity')
  await refused({ feedback: new Float64Array(60) }).toThrow('the feedback of row 0 is 0, not 1 or -1')
  await refused({ labels: new Float64Array(60).fill(2 ** 40) }).toThrow(
    'the label of row 0 is 1099511627776, not a whole',
  )
  await refused({ labels: [1] }).toThrow('60 pairs have 1 labels')
  await refused({ weights: new Float64Array(60) }).toThrow('not all zero')
  await refused({}, { outputs: 5, residual: true }).toThrow('as many outputs as inputs, 8, not 5')
  await refused({}, { rank: 9 }).toThrow('between 1 and 8, got 9')
  await refused({}, { temperature: 0 }).toThrow('temperature must be positive')
  await refused({}, { batchSize: 1 }).toThrow('at least two pairs')
  await refused({}, { validationShare: 1 }).toThrow('between 0 and 1, got 1')
  const { head } = await fitContrastiveHead(pairs, brief)
  expect(() => applyContrastiveHead(head, { rows: 1, width: 3, values: new Float32Array(3) })).toThrow(
    'reads 8 numbers a row, got 3',
  )
})
