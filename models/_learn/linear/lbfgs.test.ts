import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../random.ts'
import { minimise, type Objective } from './lbfgs.ts'

const options = { tolerance: 1e-10, maxSteps: 200 }

/** sum of curvature x (x - centre)^2 / 2, and size penalties. */
function bowl(centres: number[], curvatures: number[], penalties: number[] = centres.map(() => 0)): Objective {
  return {
    sizePenalties: Float64Array.from(penalties),
    evaluate(point, gradient) {
      let value = 0
      centres.forEach((centre, j) => {
        const distance = (point[j] ?? 0) - centre
        gradient[j] = (curvatures[j] ?? 0) * distance
        value += ((curvatures[j] ?? 0) * distance ** 2) / 2
      })
      return value
    },
  }
}

test('the bottom of a bowl is found, though it is 10,000 times as steep one way as the other', async () => {
  const point = new Float64Array(3)
  expect(await minimise(bowl([1, -2, 3], [1, 100, 0.01]), point, options)).toBe(true)
  expect(Array.from(point)).toEqual([1, -2, 3].map((value) => expect.closeTo(value, 7)))
})

test('a size penalty moves each coordinate towards zero by penalty / curvature, and not past it', async () => {
  const point = Float64Array.of(-5, 5, 5, 0)
  expect(await minimise(bowl([3, -3, 0.5, 2], [1, 2, 1, 1], [1, 1, 1, 0]), point, options)).toBe(true)
  expect(Array.from(point)).toEqual([expect.closeTo(2, 8), expect.closeTo(-2.5, 8), 0, expect.closeTo(2, 8)])
})

test('any bowl and penalties: the point is where soft thresholding says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 12 }), fc.nat(1e6), async (size, seed) => {
      const random = createRandom(seed)
      const draw = (scale: number) => Array.from({ length: size }, () => scale * random.next())
      const [centres, curvatures, penalties] = [draw(4), draw(3).map((value) => value + 0.1), draw(1)]
      const point = Float64Array.from(draw(2), (value) => value - 1)
      expect(await minimise(bowl(centres, curvatures, penalties), point, options)).toBe(true)
      point.forEach((value, j) => {
        const pulled = (centres[j] ?? 0) - (penalties[j] ?? 0) / (curvatures[j] ?? 1)
        expect(value).toBeCloseTo(Math.max(pulled, 0), 7)
      })
    }),
    { numRuns: 50 },
  )
})

test('it says when its steps did not suffice', async () => {
  const point = new Float64Array(2)
  expect(await minimise(bowl([1, 1], [1, 0.01]), point, { tolerance: 1e-12, maxSteps: 1 })).toBe(false)
})
