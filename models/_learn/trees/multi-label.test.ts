import { expect, test } from 'vitest'
import { nodeTeam } from '../kernels/node-team.ts'
import { type Matrix, takeRows } from '../matrix.ts'
import { createRandom, permutation, type Random } from '../random.ts'
import { logLosses } from './losses/logistic.ts'
import { fitMultiLabel, type MultiLabelOptions } from './multi-label.ts'
import { predictEnsemble } from './predict.ts'

const small: MultiLabelOptions = { rounds: 40, learningRate: 0.2, maxLeaves: 8, minLeafWeight: 5, seed: 1 }

/** Six labels, each above a limit of one of three columns; one cell in twenty is not known. */
function thresholds(rows: number, random: Random) {
  const columns = [0, 1, 2].map(() => Float64Array.from({ length: rows }, () => random.next()))
  const labels = [0.2, 0.4, 0.6, 0.7, 0.8, 0.9].map((limit, k) =>
    Float64Array.from(columns[k % 3] ?? [], (value) => Number(value > limit)),
  )
  const holed = columns.map((column) => column.map((value) => (random.next() < 0.05 ? Number.NaN : value)))
  return { matrix: { rows, columns: holed }, labels }
}

const train = thresholds(800, createRandom(1))
const fresh = thresholds(300, createRandom(2))

function lossOf(scores: Float64Array, labels: readonly Float64Array[]): number[] {
  return labels.map((label, k) => {
    const own = Float64Array.from(label, (_, row) => scores[row * labels.length + k] ?? 0)
    return logLosses(label, own).reduce((sum, loss) => sum + loss, 0) / label.length
  })
}

async function predict(
  matrix: Matrix,
  labels: readonly Float64Array[],
  options: Partial<MultiLabelOptions>,
  asked = matrix,
) {
  return predictEnsemble(await fitMultiLabel(matrix, labels, { ...small, ...options }), asked)
}

function expectClose(actual: Float64Array, wanted: Float64Array, digits: number) {
  actual.forEach((value, i) => {
    expect(value).toBeCloseTo(wanted[i] ?? Number.NaN, digits)
  })
}

test('one ensemble learns all labels, each nearly as well as its unknown cells allow', async () => {
  const scores = await predict(train.matrix, train.labels, {}, fresh.matrix)
  for (const loss of lossOf(scores, fresh.labels)) expect(loss).toBeLessThan(0.2)
})

test('a leaf is a Newton step for each label', async () => {
  const matrix = { rows: 4, columns: [Float64Array.of(1, 2, 3, 4)] }
  const labels = [Float64Array.of(0, 0, 1, 1), Float64Array.of(1, 1, 0, 0)]
  const options = { rounds: 1, maxLeaves: 2, minLeafWeight: 1, learningRate: 1, l2: 0.5 }
  // Half of the rows have each label: probabilities 1/2, gradients +-1/2, hessians 1/4 in rows; +-1 / (1/2 + 1/2) in leaves.
  expectClose(await predict(matrix, labels, options), Float64Array.of(-1, 1, -1, 1, 1, -1, 1, -1), 6)
})

test('training ends when rows that it has not seen gain nothing more, and keeps the best rounds', async () => {
  const noise = Float64Array.from({ length: 300 }, (_, row) => row % 2)
  const validation = { matrix: fresh.matrix, labels: [noise], patience: 5 }
  const model = await fitMultiLabel(train.matrix, [train.labels[0] ?? noise], { ...small, rounds: 500, validation })
  expect(model.rounds).toBeLessThan(20)
  expect(model.trees).toHaveLength(model.rounds)
})

test('categories are split as sets', async () => {
  const codes = Float64Array.from({ length: 400 }, (_, row) => row % 8)
  const labels = [codes.map((code) => Number(code % 3 === 0)), codes.map((code) => Number(code % 3 !== 0))]
  const scores = await predict({ rows: 400, columns: [codes] }, labels, { categorical: [0] })
  for (const loss of lossOf(scores, labels)) expect(loss).toBeLessThan(0.05)
})

test('the order of rows changes nothing, a row twice is a row of weight two', async () => {
  const { matrix, labels } = thresholds(120, createRandom(3))
  const coarse = { rows: 120, columns: matrix.columns.map((column) => column.map((value) => Math.round(value * 20))) }
  const plain = await predict(coarse, labels, { rounds: 3 })
  const take = (order: ArrayLike<number>) => labels.map((label) => Float64Array.from(order, (row) => label[row] ?? 0))
  const order = permutation(120, createRandom(4))
  expectClose(await predict(takeRows(coarse, order), take(order), { rounds: 3 }, coarse), plain, 4)
  const twice = Int32Array.from({ length: 240 }, (_, i) => i % 120)
  const weights = new Float64Array(120).fill(2)
  const copied = await predict(takeRows(coarse, twice), take(twice), { rounds: 1 }, coarse)
  expectClose(await predict(coarse, labels, { rounds: 1, weights }), copied, 4)
})

test('a constant column, and one of which nothing is known, change nothing', async () => {
  const { rows, columns } = train.matrix
  const useless = [new Float64Array(rows).fill(3), new Float64Array(rows).fill(Number.NaN)]
  const wider = { rows, columns: [...columns, ...useless] }
  expect(await predict(wider, train.labels, { rounds: 5 })).toEqual(
    await predict(train.matrix, train.labels, { rounds: 5 }),
  )
})

test('the scale of a column changes nothing', async () => {
  const { rows, columns } = train.matrix
  const coarse = columns.map((column) => column.map((value) => Math.round(value * 200)))
  const scaled = coarse.map((column) => column.map((value) => value * 1024 - 7))
  const plain = await predict({ rows, columns: coarse }, train.labels, { rounds: 5 })
  expect(await predict({ rows, columns: scaled }, train.labels, { rounds: 5 })).toEqual(plain)
})

test('any number of threads gives the same trees', async () => {
  const learn = (size: number) =>
    fitMultiLabel(train.matrix, train.labels, { ...small, rounds: 3, team: nodeTeam(size) })
  expect(await learn(3)).toEqual(await learn(1))
})

test('what cannot be learned from is refused, with the place that is wrong', async () => {
  const matrix = { rows: 2, columns: [Float64Array.of(1, 2)] }
  const learn = (labels: number[][]) => fitMultiLabel(matrix, labels, small)
  await expect(learn([])).rejects.toThrow('no labels')
  await expect(learn([[0, 1], [0]])).rejects.toThrow('label 1 has 1 of 2 rows')
  await expect(learn([[0, 0.5]])).rejects.toThrow('label 0 of row 1 is 0.5')
  await expect(fitMultiLabel({ rows: 0, columns: [] }, [[]], small)).rejects.toThrow('no rows')
  const infinite = { rows: 2, columns: [Float64Array.of(1, Number.POSITIVE_INFINITY)] }
  await expect(fitMultiLabel(infinite, [[0, 1]], small)).rejects.toThrow('row 1 of column 0')
  expect((await predict(matrix, [Float64Array.of(0, 0), Float64Array.of(1, 1)], {})).every(Number.isFinite)).toBe(true)
})
