import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../random.ts'
import { ensembleBaseline, explainEnsemble } from './explain.ts'
import { fitForest } from './forest.ts'
import { predictEnsemble } from './predict.ts'

const tables = fc.integer({ min: 0, max: 1e6 }).map((seed) => {
  const random = createRandom(seed)
  const cell = () => (random.next() < 0.1 ? Number.NaN : random.integer(12) / 4)
  const draw = () => Float64Array.from({ length: 40 }, cell)
  const target = Float64Array.from({ length: 40 }, () => random.next() * 100)
  return { matrix: { rows: 40, columns: [draw(), draw(), draw()] }, target }
})

test('baseline + contributions = prediction', async () => {
  await fc.assert(
    fc.asyncProperty(tables, async ({ matrix, target }) => {
      const { trees } = await fitForest(matrix, target, { trees: 2, seed: 1 })
      const ensemble = { intercepts: Float64Array.of(3), trees }
      const contributions = explainEnsemble(ensemble, matrix)
      predictEnsemble(ensemble, matrix).forEach((prediction, row) => {
        const sum = contributions.subarray(row * 3, row * 3 + 3).reduce((a, b) => a + b, ensembleBaseline(ensemble))
        expect(sum).toBeCloseTo(prediction, 8)
      })
    }),
    { numRuns: 50 },
  )
})
