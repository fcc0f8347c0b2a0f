import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Arena } from '../kernels/arena.ts'
import { createRandom } from '../random.ts'
import { createDense, createMultiply, transposed } from './dense.ts'

test('a product by hand', () => {
  const arena = new Arena()
  const [a, b, c] = [createDense(arena, 2, 2), createDense(arena, 2, 3), createDense(arena, 2, 3)]
  a.values.set([1, 2, 3, 4])
  b.values.set([1, 0, 2, 0, 1, 5])
  createMultiply(arena, 2)(a, b, c)
  expect(Array.from(c.values)).toEqual([1, 2, 12, 3, 4, 26])
})

const size = fc.integer({ min: 1, max: 19 })

test('products of every shape, straight and transposed, agree with a plain loop', () => {
  fc.assert(
    fc.property(size, size, size, fc.boolean(), fc.boolean(), (rows, inner, columns, turnA, turnB) => {
      const arena = new Arena()
      const random = createRandom(rows + 20 * inner + 400 * columns)
      const a = turnA ? createDense(arena, inner, rows) : createDense(arena, rows, inner)
      const b = turnB ? createDense(arena, columns, inner) : createDense(arena, inner, columns)
      const guard = 7
      const c = createDense(arena, rows, columns)
      const behind = arena.float32(1)
      behind.values[0] = guard
      for (const { values } of [a, b]) for (let i = 0; i < values.length; i++) values[i] = random.next() - 0.5
      createMultiply(arena, 19)(turnA ? transposed(a) : a, turnB ? transposed(b) : b, c)
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < columns; j++) {
          let sum = 0
          for (let k = 0; k < inner; k++)
            sum +=
              (a.values[turnA ? k * rows + i : i * inner + k] ?? 0) *
              (b.values[turnB ? j * inner + k : k * columns + j] ?? 0)
          expect(c.values[i * columns + j]).toBeCloseTo(sum, 5)
        }
      expect(behind.values[0]).toBe(guard)
    }),
  )
})

test('shapes that do not fit are refused', () => {
  const arena = new Arena()
  const a = createDense(arena, 2, 3)
  expect(() => createMultiply(arena, 3)(a, a, a)).toThrow('[2, 3] x [2, 3] does not fit [2, 3]')
})
