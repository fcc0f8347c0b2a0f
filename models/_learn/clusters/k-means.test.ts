import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Matrix, take, takeRows } from '../matrix.ts'
import { createRandom, permutation } from '../random.ts'
import { type CentreValue, describeCentres } from './describe-centres.ts'
import { distancesToCentres, type FittedKMeans, fitKMeans, type KMeansModel, predictKMeans } from './k-means.ts'
import { fitMiniBatchKMeans } from './mini-batch-k-means.ts'

const column = (...values: number[]) => Float64Array.from(values)
const table = (...columns: Float64Array[]): Matrix => ({ rows: columns[0]?.length ?? 0, columns })

function goldenTable() {
  const random = createRandom(7)
  const columns = Array.from({ length: 3 }, () =>
    Float64Array.from({ length: 300 }, (_, i) => Math.fround((i % 3) + 6 * random.next())),
  )
  return { matrix: table(...columns), weights: Float64Array.from({ length: 300 }, () => random.integer(4)) }
}

function blobs(seed: number, rows: number): Matrix {
  const random = createRandom(seed)
  const group = Int32Array.from({ length: rows }, () => random.integer(4))
  return table(
    Float64Array.from(group, (one) => 20 * (one % 2) + random.next()),
    Float64Array.from(group, (one) => 20 * (one >> 1) + random.next()),
  )
}

const expectCentres = (model: KMeansModel, expected: readonly (readonly CentreValue[])[]) =>
  expect(describeCentres(model)).toEqual(expected.map((row) => row.map((value) => expect.closeTo(Number(value), 4))))

test('two pairs of points have their middles for centres', async () => {
  const matrix = table(column(0, 10, 2, 12), column(1, 5, 1, 5))
  const start = takeRows(matrix, [0, 1])
  const model = await fitKMeans(matrix, { clusters: 2, seed: 1, start })
  expectCentres(model, [
    [1, 1],
    [11, 5],
  ])
  expect(model.inertia).toBeCloseTo(4, 6)
  expect(Array.from(model.labels)).toEqual([0, 1, 0, 1])
  const distances = distancesToCentres(model, table(column(1), column(4)))
  expect(Array.from(distances)).toEqual([expect.closeTo(3, 5), expect.closeTo(Math.sqrt(101), 5)])
})

test('from the same centres scikit-learn finds the same ones, with weights and without', async () => {
  const { matrix, weights } = goldenTable()
  const options = { clusters: 5, seed: 0, tolerance: 0, start: takeRows(matrix, [0, 1, 2, 3, 4]) }
  const plain = await fitKMeans(matrix, options)
  // scikit-learn 1.9.1: KMeans(5, init=X[:5], n_init=1, tol=0).fit(X, sample_weight)
  expectCentres(plain, [
    [2.286438, 2.930893, 4.679368],
    [5.939371, 2.680226, 3.77744],
    [5.288358, 5.642362, 6.121772],
    [2.865188, 2.1107, 1.69469],
    [3.835884, 6.02835, 2.820408],
  ])
  expect(plain.inertia).toBeCloseTo(1204.010610133731, 2)
  expect(plain.iterations).toBe(8)
  const weighted = await fitKMeans(matrix, { ...options, weights })
  expectCentres(weighted, [
    [2.418248, 2.94791, 4.842496],
    [5.995354, 2.537583, 3.843827],
    [5.687553, 5.460428, 6.160758],
    [2.775544, 2.622255, 1.914063],
    [4.259164, 6.245133, 3.049639],
  ])
  expect(weighted.inertia).toBeCloseTo(1746.1375150814974, 2)
})

test('k-means++ finds clusters that lie apart, whole and by small batches', async () => {
  const matrix = blobs(1, 2_000)
  const groups = (labels: ArrayLike<number>) =>
    new Set(
      Array.from(
        labels,
        (label, i) => `${label} ${(matrix.columns[0]?.[i] ?? 0) > 10} ${(matrix.columns[1]?.[i] ?? 0) > 10}`,
      ),
    )
  for (let seed = 0; seed < 10; seed++) {
    expect(groups((await fitKMeans(matrix, { clusters: 4, seed })).labels).size).toBe(4)
    const model = await fitMiniBatchKMeans(matrix, { clusters: 4, seed, batchSize: 64 })
    expect(groups(predictKMeans(model, matrix)).size).toBe(4)
  }
})

test('the labels of the training are those of the prediction, and the inertia is that of their distances', async () => {
  const matrix = blobs(2, 3_001)
  const model = await fitKMeans(matrix, { clusters: 7, seed: 5 })
  expect(predictKMeans(model, matrix)).toEqual(model.labels)
  const distances = distancesToCentres(model, matrix)
  const sum = model.labels.reduce((total, label, i) => total + (distances[i * 7 + label] ?? Number.NaN) ** 2, 0)
  expect(model.inertia / sum).toBeCloseTo(1, 5)
  model.labels.forEach((label, i) => {
    expect(distances[i * 7 + label]).toBe(Math.min(...distances.subarray(i * 7, i * 7 + 7)))
  })
})

test('another category costs gamma, and a centre has the shares of its categories', async () => {
  const matrix = table(column(0, 0, 0, 0), column(3, 3, 3, 8))
  const model = await fitKMeans(matrix, { clusters: 1, seed: 1, categorical: [1], gamma: 2 })
  expect(describeCentres(model)).toEqual([
    [
      0,
      new Map([
        [3, 0.75],
        [8, 0.25],
      ]),
    ],
  ])
  const two = await fitKMeans(matrix, {
    clusters: 2,
    seed: 1,
    categorical: [1],
    gamma: 5,
    start: takeRows(matrix, [0, 3]),
  })
  expect(distancesToCentres(two, takeRows(matrix, [0]))[1]).toBeCloseTo(Math.sqrt(5), 6)
  expect(two.inertia).toBe(0)
})

test('by default a categorical column matters as much as a numeric one', async () => {
  const categories = Float64Array.from({ length: 40 }, (_, i) => i % 2)
  const numbers = Float64Array.from({ length: 40 }, (_, i) => 1_000 * (i % 4 < 2 ? -1 : 1))
  const { inertia } = await fitKMeans(table(numbers, categories), { clusters: 1, seed: 1, categorical: [1] })
  const alone = await fitKMeans(table(numbers), { clusters: 1, seed: 1 })
  expect(inertia / alone.inertia).toBeCloseTo(2, 5)
})

test('what is missing counts as the mean or the commonest category, and an unknown category as none', async () => {
  const matrix = table(column(1, 3, Number.NaN), column(4, 4, 9))
  const model = await fitKMeans(matrix, { clusters: 3, seed: 1, categorical: [1], gamma: 1 })
  const [missing, imputed, unknown] = [
    table(column(Number.NaN), column(Number.NaN)),
    table(column(2), column(4)),
    table(column(2), column(5)),
  ]
  expect(distancesToCentres(model, missing)).toEqual(distancesToCentres(model, imputed))
  expect(distancesToCentres(model, unknown)).not.toEqual(distancesToCentres(model, imputed))
})

test('a cluster that falls empty takes the farthest row', async () => {
  const matrix = table(column(0, 1, 2, 50))
  const start = table(column(0, 1, 2_000))
  const model = await fitKMeans(matrix, { clusters: 3, seed: 1, start })
  expectCentres(model, [[0], [1.5], [50]])
})

test('more clusters than different rows leave nothing over', async () => {
  const matrix = table(column(1, 1, 1, 2, 2), column(0, 0, 0, 0, 0))
  const model = await fitKMeans(matrix, { clusters: 4, seed: 3 })
  expect(model.inertia).toBe(0)
  expect(predictKMeans(model, matrix)).toEqual(model.labels)
})

test('more runs never end with more inertia', async () => {
  const { matrix } = goldenTable()
  const one = await fitKMeans(matrix, { clusters: 12, seed: 2 })
  const best = await fitKMeans(matrix, { clusters: 12, seed: 2, runs: 5 })
  expect(best.inertia).toBeLessThan(one.inertia)
})

const inertiaOf = (model: FittedKMeans) => model.inertia
const small = fc.record({ seed: fc.nat(1e6), rows: fc.integer({ min: 6, max: 60 }) })

test('the order of rows does not matter to the centres', async () => {
  await fc.assert(
    fc.asyncProperty(small, async ({ seed, rows }) => {
      const matrix = blobs(seed, rows)
      const order = permutation(rows, createRandom(seed))
      const options = { clusters: 4, seed, start: takeRows(matrix, [0, 1, 2, 3]) }
      const [one, other] = [await fitKMeans(matrix, options), await fitKMeans(takeRows(matrix, order), options)]
      expectCentres(other, describeCentres(one))
      expect(Array.from(other.labels)).toEqual(Array.from(take(one.labels, order)))
    }),
    { numRuns: 20 },
  )
})

test('a row of weight two counts like two rows, and one of weight zero like none', async () => {
  await fc.assert(
    fc.asyncProperty(small, async ({ seed, rows }) => {
      const matrix = blobs(seed, rows)
      const random = createRandom(seed)
      const weights = Float64Array.from({ length: rows }, (_, i) => (i < 3 ? 1 : random.integer(3)))
      const copies = Array.from(weights).flatMap((weight, i) => new Array<number>(weight).fill(i))
      const options = { clusters: 3, seed, standardise: true, start: takeRows(matrix, [0, 1, 2]), tolerance: 0 }
      const weighted = await fitKMeans(matrix, { ...options, weights })
      const copied = await fitKMeans(takeRows(matrix, copies), options)
      expectCentres(weighted, describeCentres(copied))
      expect(inertiaOf(weighted)).toBeCloseTo(inertiaOf(copied), 2)
    }),
    { numRuns: 20 },
  )
})

test('standardised, the unit of a column does not matter; and a constant column never does', async () => {
  const matrix = blobs(5, 200)
  const scaled = table(
    Float64Array.from(matrix.columns[0] ?? [], (value) => 4_096 * value - 50),
    Float64Array.from(matrix.columns[1] ?? []),
  )
  const options = { clusters: 6, seed: 9, standardise: true }
  const one = await fitKMeans(matrix, options)
  expect((await fitKMeans(scaled, options)).labels).toEqual(one.labels)
  const constant = { rows: 200, columns: [new Float64Array(200).fill(0.1), ...matrix.columns] }
  expect((await fitKMeans(constant, options)).labels).toEqual(one.labels)
})

test('a seed gives the same clusters again', async () => {
  const { matrix } = goldenTable()
  expect(await fitKMeans(matrix, { clusters: 6, seed: 4 })).toEqual(await fitKMeans(matrix, { clusters: 6, seed: 4 }))
  const batches = { clusters: 6, seed: 4, batchSize: 32 }
  expect(await fitMiniBatchKMeans(matrix, batches)).toEqual(await fitMiniBatchKMeans(matrix, batches))
})

test('small batches come near the inertia of the whole', async () => {
  const { matrix, weights } = goldenTable()
  const whole = await fitKMeans(matrix, { clusters: 5, seed: 1, weights, runs: 5 })
  const model = await fitMiniBatchKMeans(matrix, { clusters: 5, seed: 1, weights, batchSize: 100 })
  const distances = distancesToCentres(model, matrix)
  const inertia = weights.reduce(
    (sum, weight, i) => sum + weight * Math.min(...distances.subarray(5 * i, 5 * i + 5)) ** 2,
    0,
  )
  expect(inertia / whole.inertia).toBeLessThan(1.1)
})

test('progress is told, and an abort ends the training', async () => {
  const { matrix } = goldenTable()
  const done: number[] = []
  const { iterations } = await fitKMeans(matrix, {
    clusters: 5,
    seed: 1,
    onProgress: (progress) => done.push(progress.done),
  })
  expect(done).toEqual(Array.from({ length: iterations }, (_, i) => i + 1))
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(fitKMeans(matrix, { clusters: 5, seed: 1, signal })).rejects.toThrow('enough')
  await expect(fitMiniBatchKMeans(matrix, { clusters: 5, seed: 1, signal })).rejects.toThrow('enough')
})

test.each([
  [table(column()), {}, 'there are no rows'],
  [table(), {}, 'there are no rows'],
  [{ rows: 2, columns: [] }, {}, 'there are no columns'],
  [{ rows: 3, columns: [column(1, 2)] }, {}, 'column 0 has 2 of 3 rows'],
  [table(column(1, 2)), { clusters: 3 }, '2 rows make 1 to 2 clusters, not 3'],
  [table(column(1, 2)), { clusters: 1.5 }, 'not 1.5'],
  [table(column(1, Infinity)), {}, 'row 1 of column 0 is Infinity'],
  [table(column(1, 2), column(Number.NaN, Number.NaN)), {}, 'column 1 is missing in every row'],
  [table(column(1e30, -1e30)), {}, 'the numbers of column 0 are too large'],
  [table(column(1, 2.5)), { categorical: [0] }, 'row 1 of column 0 is 2.5, which is no code of a category'],
  [table(column(Number.NaN, Number.NaN)), { categorical: [0] }, 'column 0 is missing in every row'],
  [table(column(1, 2)), { categorical: [1] }, 'there is no categorical column 1'],
  [table(column(1, 2)), { gamma: -1 }, 'gamma must be'],
  [table(column(1, 2)), { weights: column(0, 0) }, 'weights must be'],
  [table(column(1, 2)), { start: table(column(1)) }, '2 clusters start from as many rows, got 1'],
])('what cannot be clustered is refused: %#', async (matrix, options, message) => {
  await expect(fitKMeans(matrix, { clusters: 2, seed: 1, ...options })).rejects.toThrow(message)
})

test('small batches refuse what the whole does, and batches without rows', async () => {
  const learn = (matrix: Matrix, batchSize = 8) => fitMiniBatchKMeans(matrix, { clusters: 2, seed: 1, batchSize })
  await expect(learn(table(column()))).rejects.toThrow('there are no rows')
  await expect(learn(table(column(1, Number.NaN, Infinity)))).rejects.toThrow('row 2 of column 0 is Infinity')
  await expect(learn(table(column(1, 2)), 0)).rejects.toThrow('a batch must hold a row, got 0')
})

test('a table of other columns, or an infinite number, is not predicted', async () => {
  const model = await fitKMeans(table(column(1, 2)), { clusters: 2, seed: 1 })
  expect(() => predictKMeans(model, table(column(1), column(1)))).toThrow('the clusters are of 1 columns, got 2')
  expect(() => predictKMeans(model, table(column(1, -Infinity)))).toThrow('row 1 of column 0 is -Infinity')
  expect(predictKMeans(model, table(column()))).toHaveLength(0)
})
