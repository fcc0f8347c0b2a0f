import { expect, test } from 'vitest'
import { createAdamW } from './adam-w.ts'

test('two steps by hand', () => {
  const parameters = Float64Array.of(1, 1)
  const move = createAdamW(2, { learningRate: 0.1, beta1: 0.5, beta2: 0.75, epsilon: 0, weightDecay: 0.1 })
  // First step: the corrected means are the gradient itself, so that each parameter decays by 1 % and moves by 0.1.
  move(parameters, Float64Array.of(2, -8))
  expect(Array.from(parameters)).toEqual([expect.closeTo(0.99 - 0.1, 12), expect.closeTo(0.99 + 0.1, 12)])
  // Second step, gradients 1 and 0: means (0.5 x 1 + 0.5 x 1) / 0.75 and -2 / 0.75, squares (0.75 x 1 + 0.25) / 0.4375 and
  // 12 / 0.4375.
  move(parameters, Float64Array.of(1, 0))
  expect(Array.from(parameters)).toEqual([
    expect.closeTo(0.99 * 0.89 - (0.1 * (1 / 0.75)) / Math.sqrt(1 / 0.4375), 12),
    expect.closeTo(0.99 * 1.09 + (0.1 * (2 / 0.75)) / Math.sqrt(12 / 0.4375), 12),
  ])
})

// Twenty steps with NumPy 2.4.6, as written in the paper (algorithm 2) with the decay scaled by the learning rate as in PyTorch.
test.each([
  [{ learningRate: 0.01, weightDecay: 0.1 }, [0.9446651462638266, -1.9413415152314715, 0.2843785166113222]],
  [
    { learningRate: 0.05, beta1: 0.8, beta2: 0.95, epsilon: 1e-3, weightDecay: 0.01 },
    [0.8527197630865829, -1.9006341785035359, -0.594172216641496],
  ],
])('reference numbers with %o', (options, expected) => {
  const parameters = Float64Array.of(1, -2, 0.5)
  const move = createAdamW(3, options)
  for (let step = 1; step <= 20; step++)
    move(parameters, Float64Array.of(Math.sin(step), Math.cos(3 * step), step / 10))
  expect(Array.from(parameters)).toEqual(expected.map((value) => expect.closeTo(value, 10)))
})

test('without a gradient only the decay moves', () => {
  const parameters = Float64Array.of(2)
  createAdamW(1, { learningRate: 0.5, weightDecay: 0.5 })(parameters, Float64Array.of(0))
  expect(parameters[0]).toBe(1.5)
})

test('a rate that is not positive and a negative decay are refused', () => {
  expect(() => createAdamW(1, { learningRate: 0 })).toThrow('learning rate must be positive, got 0')
  expect(() => createAdamW(1, { learningRate: Number.NaN })).toThrow('learning rate')
  expect(() => createAdamW(1, { learningRate: 1, weightDecay: -1 })).toThrow(
    'weight decay must not be negative, got -1',
  )
})
