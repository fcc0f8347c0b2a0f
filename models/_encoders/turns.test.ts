import { expect, test } from 'vitest'
import { createTurns } from './turns.ts'

test('a search waits for one document at most, however many are waiting, and nothing overlaps', async () => {
  const turns = createTurns(10_000)
  const order: string[] = []
  let running = 0
  const run = (name: string) => async () => {
    expect(++running).toBe(1)
    await Promise.resolve()
    order.push(name)
    running--
  }
  const documents = Array.from({ length: 20 }, (_, i) => turns.take('document', run(`document ${i}`)))
  await documents[2]
  const done = order.length
  await turns.take('query', run('query'))
  expect(order.indexOf('query')).toBeLessThanOrEqual(done + 1)
  await Promise.all(documents)
  expect(order.filter((name) => name !== 'query')).toEqual(Array.from({ length: 20 }, (_, i) => `document ${i}`))
})

test('a run that fails lets the next one through', async () => {
  const turns = createTurns(10_000)
  const failing = turns.take('document', () => Promise.reject(new Error('no')))
  const next = turns.take('document', async () => 'next')
  await expect(failing).rejects.toThrow('no')
  expect(await next).toBe('next')
})
