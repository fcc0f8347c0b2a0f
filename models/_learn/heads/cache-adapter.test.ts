import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom, permutation } from '../random.ts'
import { createWorld, randomLabels } from '../testing/hidden-classes.ts'
import {
  addShots,
  averageCacheAdapters,
  type CacheAdapter,
  createCacheAdapter,
  predictCacheAdapter,
  removeShots,
} from './cache-adapter.ts'
import { type Embeddings, takeEmbeddings } from './embeddings.ts'
import { tuneCacheAdapter } from './tune-cache-adapter.ts'

const rowsOf = (...rows: number[][]): Embeddings => ({
  rows: rows.length,
  width: rows[0]?.length ?? 0,
  values: Float32Array.from(rows.flat()),
})

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>) {
  expect(Array.from(actual)).toEqual(Array.from(expected, (value) => expect.closeTo(value, 5)))
}

function randomRows(rows: number, width: number, seed: number): Embeddings {
  const random = createRandom(seed)
  return { rows, width, values: Float32Array.from({ length: rows * width }, () => random.next() - 0.4) }
}

test('the logits of the paper by hand', () => {
  const adapter = createCacheAdapter(rowsOf([2, 0], [0, 3], [3, 4]), [0, 1, 1], {
    classes: 2,
    alpha: 2,
    beta: 5,
    zeroShot: { prototypes: rowsOf([1, 0], [0, 0.5]), scale: 10 },
  })
  const logits = predictCacheAdapter(adapter, rowsOf([5, 0]))
  expectClose(logits, [2 * 1 + 10, 2 * (Math.exp(-5) + Math.exp(-5 * 0.4))])
})

// exp(-(beta - beta x cosines)) @ values x alpha + 100 x cosines with the prototypes, as the paper's code has it, by NumPy 2.4.6.
test('the logits of the paper on three rows, five shots and three classes', () => {
  const waves = (rows: number, wave: (i: number) => number) =>
    rowsOf(...Array.from({ length: rows }, (_, row) => [0, 1, 2, 3].map((j) => wave(4 * row + j))))
  const prototypes = waves(3, (i) => Math.sin(2 + 3 * i))
  const adapter = createCacheAdapter(
    waves(5, (i) => Math.cos(1 + 2 * i)),
    [0, 1, 2, 1, 0],
    { classes: 3, alpha: 1.7, beta: 5.5, zeroShot: { prototypes, scale: 100 } },
  )
  const logits = predictCacheAdapter(
    adapter,
    waves(3, (i) => Math.sin(1 + i)),
  )
  const expected = [28.048798, 26.883931, 24.689189, -31.315175, -31.809532, -31.846744, 17.36725, 19.252911, 21.748395]
  expect(Array.from(logits)).toEqual(expected.map((value) => expect.closeTo(value, 4)))
})

test('rows in any number get the logits that each gets alone', () => {
  const adapter = createCacheAdapter(randomRows(9, 4, 1), [0, 1, 2, 0, 1, 2, 0, 1, 2], { classes: 3 })
  const many = randomRows(1030, 4, 2)
  const logits = predictCacheAdapter(adapter, many)
  for (const row of [0, 1023, 1024, 1029])
    expectClose(logits.subarray(3 * row, 3 * row + 3), predictCacheAdapter(adapter, takeEmbeddings(many, [row])))
})

test('a cache of a few shots finds classes where the zero-shot model does not, and tuning does not make it worse', async () => {
  const classes = 10
  const world = createWorld({ seed: 3, width: 24, classes, distraction: 0.5 })
  const label = (count: number) => Int32Array.from({ length: count }, (_, i) => i % classes)
  const zeroShot = { prototypes: randomRows(classes, 24, 1), scale: 2 }
  const adapter = createCacheAdapter(world(label(80), 1), label(80), { classes, zeroShot })
  const [held, fresh] = [randomLabels(200, classes, 2), randomLabels(300, classes, 4)]
  const accuracy = (judged: CacheAdapter) => {
    const logits = predictCacheAdapter(judged, world(fresh, 5))
    return (
      fresh.filter((own, row) => {
        const line = logits.subarray(row * classes, (row + 1) * classes)
        return line.indexOf(Math.max(...line)) === own
      }).length / fresh.length
    )
  }
  const tuned = await tuneCacheAdapter(adapter, world(held, 3), held)
  expect(
    accuracy(
      removeShots(
        adapter,
        Array.from({ length: 80 }, (_, i) => i),
      ),
    ),
  ).toBeLessThan(0.3)
  expect(accuracy(adapter)).toBeGreaterThan(0.6)
  expect(accuracy(tuned.adapter)).toBeGreaterThanOrEqual(accuracy(adapter))
  expect(tuned.accuracy).toBeGreaterThan(0.8)
})

const cache = fc.record({ shots: fc.integer({ min: 1, max: 12 }), seed: fc.nat(1e6) }).map(({ shots, seed }) => {
  const random = createRandom(seed)
  const labels = Int32Array.from({ length: shots }, () => random.integer(3))
  const weights = Float64Array.from({ length: shots }, () => 1 + random.integer(3))
  const keys = randomRows(shots, 4, seed)
  const options = {
    classes: 3,
    alpha: 0.5 + random.next(),
    beta: 4,
    zeroShot: { prototypes: randomRows(3, 4, seed + 1), scale: 3 },
  }
  return { keys, labels, weights, options, random, adapter: createCacheAdapter(keys, labels, { ...options, weights }) }
})
const queries = randomRows(5, 4, 99)

test('the order of the shots does not matter, nor their length', () => {
  fc.assert(
    fc.property(cache, ({ keys, labels, weights, options, random, adapter }) => {
      const order = permutation(labels.length, random)
      const shuffled = createCacheAdapter(
        { ...takeEmbeddings(keys, order), values: takeEmbeddings(keys, order).values.map((value) => 3 * value) },
        Int32Array.from(order, (i) => labels[i] ?? 0),
        { ...options, weights: Float64Array.from(order, (i) => weights[i] ?? 0) },
      )
      expectClose(predictCacheAdapter(shuffled, queries), predictCacheAdapter(adapter, queries))
    }),
  )
})

test('a shot of weight two counts like two shots', () => {
  fc.assert(
    fc.property(cache, ({ keys, labels, weights, options, adapter }) => {
      const repeated = Array.from(weights).flatMap((weight, i) => new Array<number>(weight).fill(i))
      const twice = createCacheAdapter(
        takeEmbeddings(keys, repeated),
        repeated.map((i) => labels[i] ?? 0),
        options,
      )
      expectClose(predictCacheAdapter(twice, queries), predictCacheAdapter(adapter, queries))
    }),
  )
})

test('what is added and removed again leaves no trace', () => {
  fc.assert(
    fc.property(cache, ({ labels, adapter }) => {
      const more = addShots(adapter, randomRows(2, 4, 5), [0, 2])
      expect(more.keys.rows).toBe(labels.length + 2)
      expect(removeShots(more, [labels.length, labels.length + 1])).toEqual(adapter)
    }),
  )
})

test('the average of two adapters gives the average of their logits', () => {
  fc.assert(
    fc.property(
      cache,
      cache,
      fc.double({ min: 0, max: 1, noNaN: true }),
      ({ adapter: one }, { adapter: other }, share) => {
        const [a, b] = [predictCacheAdapter(one, queries), predictCacheAdapter(other, queries)]
        const averaged = averageCacheAdapters(one, other, share)
        expectClose(
          predictCacheAdapter(averaged, queries),
          a.map((value, i) => (1 - share) * value + share * (b[i] ?? 0)),
        )
      },
    ),
  )
})

test('a cache without shots leaves the zero-shot logits, and nothing without those', () => {
  const adapter = createCacheAdapter(rowsOf([1, 0]), [0], {
    classes: 2,
    zeroShot: { prototypes: rowsOf([1, 0], [0, 1]), scale: 4 },
  })
  expectClose(predictCacheAdapter(removeShots(adapter, [0]), rowsOf([0, 9])), [0, 4])
  const { zeroShot: _, ...alone } = removeShots(adapter, [0])
  expectClose(predictCacheAdapter(alone, rowsOf([0, 9])), [0, 0])
})

test('one class only is always found', async () => {
  const adapter = createCacheAdapter(rowsOf([1, 0]), [0], { classes: 1 })
  expect(await tuneCacheAdapter(adapter, rowsOf([0, 1]), [0])).toMatchObject({ accuracy: 1, logLoss: 0 })
})

test('a search tells how far it is and stops when it is told to', async () => {
  const adapter = createCacheAdapter(rowsOf([1, 0]), [0], { classes: 1 })
  const stop = new AbortController()
  const onProgress = ({ done }: { done: number }) => {
    if (done === 2) stop.abort(new Error('enough'))
  }
  await expect(tuneCacheAdapter(adapter, rowsOf([0, 1]), [0], { onProgress, signal: stop.signal })).rejects.toThrow(
    'enough',
  )
})

test('what cannot be kept or compared is refused', async () => {
  const adapter = createCacheAdapter(rowsOf([1, 0]), [0], { classes: 2 })
  expect(() => createCacheAdapter(rowsOf([0, 0]), [0], { classes: 1 })).toThrow('row 0 of the shots has the length 0')
  expect(() => createCacheAdapter(rowsOf([1, Number.NaN]), [0], { classes: 1 })).toThrow('the length NaN')
  expect(() => createCacheAdapter(rowsOf([1]), [0], { classes: 0 })).toThrow('there cannot be 0 classes')
  expect(() => createCacheAdapter(rowsOf([1]), [0], { classes: 1, beta: -1 })).toThrow('must be positive, got 1 and -1')
  expect(() =>
    createCacheAdapter(rowsOf([1]), [0], { classes: 2, zeroShot: { prototypes: rowsOf([1]), scale: 1 } }),
  ).toThrow('2 classes need as many prototypes of 1 numbers, got 1 of 1')
  expect(() => addShots(adapter, rowsOf([1, 2]), [2])).toThrow('the label of row 0 is 2, not one of 0 .. 1')
  expect(() => addShots(adapter, rowsOf([1, 2]), [])).toThrow('1 shots have 0 labels')
  expect(() => addShots(adapter, rowsOf([1]), [0])).toThrow('reads 2 numbers a row, got 1')
  expect(() => addShots(adapter, rowsOf([1, 2]), [1], Float64Array.of(-1))).toThrow('non-negative')
  expect(() => removeShots(adapter, [1])).toThrow('there is no shot 1: the adapter has 1')
  expect(() => predictCacheAdapter(adapter, rowsOf([1, 2, 3]))).toThrow('rows of 3 numbers cannot be compared')
  expect(() => averageCacheAdapters(adapter, { ...adapter, classes: 3 })).toThrow('the same classes')
  await expect(tuneCacheAdapter(adapter, rowsOf([1, 0]), [7])).rejects.toThrow('the label of row 0 is 7')
})
