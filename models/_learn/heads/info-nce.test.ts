import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom, permutation } from '../random.ts'
import { infoNce, type PairRelations } from './info-nce.ts'

function relations(size: number, known: Partial<PairRelations> = {}): PairRelations {
  return {
    feedback: new Int8Array(size).fill(1),
    labels: Int32Array.from({ length: size }, (_, i) => i),
    weights: new Float64Array(size).fill(1),
    ...known,
  }
}

function lossOf(values: Float32Array, known: PairRelations, gradient = new Float32Array(values.length)): number {
  return infoNce({ size: known.labels.length, values }, known, gradient)
}

test('two pairs by hand', () => {
  const logits = Float32Array.of(Math.log(3), 0, 0, Math.log(3)) // each finds its own with probability 3/4
  const gradient = new Float32Array(4)
  expect(lossOf(logits, relations(2), gradient)).toBeCloseTo(Math.log(4 / 3), 6)
  for (const [i, value] of [-0.125, 0.125, 0.125, -0.125].entries()) expect(gradient[i]).toBeCloseTo(value, 6)
})

// The mean of both directions' -log_softmax on the diagonal, by SciPy 1.17.1.
test("CLIP's loss and gradient on five pairs", () => {
  const logits = Float32Array.from({ length: 25 }, (_, i) => 3 * Math.sin(1 + i))
  const gradient = new Float32Array(25)
  expect(lossOf(logits, relations(5), gradient)).toBeCloseTo(2.0097692011772557, 6)
  expect(Array.from(gradient.subarray(0, 5))).toEqual(
    [-0.1090515427, 0.1164560373, 0.0113660164, 0.0007683834, 0.0004314726].map((value) => expect.closeTo(value, 7)),
  )
  expect(Array.from(gradient.subarray(15, 20))).toEqual(
    [0.0040337677, 0.0005530525, 0.0010220151, -0.1847570156, 0.1538237279].map((value) => expect.closeTo(value, 7)),
  )
})

test('a pair that does not belong together costs -log(1 - p)', () => {
  const logits = Float32Array.of(Math.log(3), 0, 0, Math.log(3))
  const gradient = new Float32Array(4)
  const known = relations(2, { feedback: Int8Array.of(-1, 1), weights: Float64Array.of(1, 0) })
  expect(lossOf(logits, known, gradient)).toBeCloseTo(Math.log(4), 6)
  for (const [i, value] of [0.75, -0.375, -0.375, 0].entries()) expect(gradient[i]).toBeCloseTo(value, 6)
})

test('a pair of the same label is no negative, unless it was judged otherwise', () => {
  const logits = Float32Array.of(0, 5, 0, 7, 0, 0, 0, 0, 0)
  const alike = relations(3, { labels: Int32Array.of(1, 1, 2), weights: Float64Array.of(1, 0, 0) })
  expect(lossOf(logits, alike)).toBeCloseTo(Math.LN2, 6) // one candidate left beside its own
  const judged = { ...alike, feedback: Int8Array.of(1, -1, 1) }
  expect(lossOf(logits, judged)).toBeCloseTo((Math.log(2 + Math.exp(5)) + Math.log(2 + Math.exp(7))) / 2, 5)
})

test('a pair alone costs nothing, whatever was said of it', () => {
  for (const feedback of [1, -1]) {
    const gradient = Float32Array.of(9)
    expect(lossOf(Float32Array.of(3), relations(1, { feedback: Int8Array.of(feedback) }), gradient)).toBe(0)
    expect(Math.abs(gradient[0] ?? 1)).toBe(0)
  }
})

const batch = fc.record({ size: fc.integer({ min: 2, max: 7 }), seed: fc.nat() }).map(({ size, seed }) => {
  const random = createRandom(seed)
  const known = relations(size, {
    feedback: Int8Array.from({ length: size }, () => (random.next() < 0.3 ? -1 : 1)),
    labels: Int32Array.from({ length: size }, () => random.integer(size)),
    weights: Float64Array.from({ length: size }, () => random.next() + 0.1),
  })
  return { size, known, logits: Float32Array.from({ length: size ** 2 }, () => 6 * random.next() - 3), random }
})

test('the gradient is what finite differences say', () => {
  fc.assert(
    fc.property(batch, ({ known, logits }) => {
      const gradient = new Float32Array(logits.length)
      lossOf(logits, known, gradient)
      logits.forEach((value, i) => {
        const step = 2 ** -6
        const up = lossOf(logits.with(i, value + step), known)
        const down = lossOf(logits.with(i, value - step), known)
        expect(gradient[i]).toBeCloseTo((up - down) / (2 * step), 3)
      })
    }),
    { numRuns: 50 },
  )
})

test('the order of the pairs and the unit of the weights do not matter', () => {
  fc.assert(
    fc.property(batch, ({ size, known, logits, random }) => {
      const order = permutation(size, random)
      const shuffled = Float32Array.from(
        { length: size ** 2 },
        (_, i) => logits[(order[Math.floor(i / size)] ?? 0) * size + (order[i % size] ?? 0)] ?? 0,
      )
      const shuffledKnown = {
        feedback: Int8Array.from(order, (i) => known.feedback[i] ?? 0),
        labels: Int32Array.from(order, (i) => known.labels[i] ?? 0),
        weights: Float64Array.from(order, (i) => 5 * (known.weights[i] ?? 0)),
      }
      expect(lossOf(shuffled, shuffledKnown)).toBeCloseTo(lossOf(logits, known), 10)
    }),
  )
})

test('logits of any size give a finite loss and gradient', () => {
  for (const sign of [1, -1])
    for (const feedback of [1, -1]) {
      const gradient = new Float32Array(4)
      const known = relations(2, { feedback: Int8Array.of(feedback, 1) })
      expect(lossOf(Float32Array.of(sign * 1e30, 0, 0, 0), known, gradient)).toBeGreaterThanOrEqual(0)
      expect(gradient.every(Number.isFinite)).toBe(true)
    }
})
