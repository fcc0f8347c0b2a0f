import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PreparedStatements } from './prepared-statements.ts'

test('a name stands for one text, is kept while it is used, and is closed before it is given up', () =>
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 600 }), { minLength: 300, maxLength: 2000 }), (numbers) => {
      const statements = new PreparedStatements()
      const open = new Map<string, string>()
      for (const number of numbers) {
        for (const name of statements.takeForgotten()) open.delete(name)
        const query = `select ${number}`
        const { name } = statements.take(query)
        expect(open.get(name) ?? query).toBe(query)
        expect(statements.take(query).name).toBe(name)
        open.set(name, query)
        expect(open.size).toBeLessThanOrEqual(257)
      }
    }),
    { numRuns: 20 },
  ))

test('the least recently used text is the first to go', () => {
  const statements = new PreparedStatements()
  const first = statements.take('first')
  for (let i = 0; i < 300; i++) {
    statements.take(`select ${i}`)
    expect(statements.take('first')).toBe(first)
  }
  expect(statements.takeForgotten()).toHaveLength(45)
})

test('a long text is never kept', () => {
  const statements = new PreparedStatements()
  const query = `select '${'x'.repeat(10_000)}'`
  expect(statements.take(query).name).toBe('')
  expect(statements.take(query)).not.toBe(statements.take(query))
})
