import { expect, test } from 'vitest'
import { Store } from './store.ts'

test('changes made together are there together, for all who wait for them', async () => {
  const store = new Store(':memory:')
  store.putDocument('queue', 'a', { n: 1 })
  const first = store.committed()
  store.putDocument('queue', 'b', { n: 2 })
  expect(store.documents('queue')).toEqual([])
  await Promise.all([first, store.committed()])
  expect(store.documents('queue')).toEqual([{ n: 1 }, { n: 2 }])
  store.close()
})

test('a failed transaction leaves nothing behind, and nothing is accepted after it', async () => {
  const store = new Store(':memory:')
  const log = { seq: 1, entries: [{ n: 1 }] }
  store.putDocument('topic', 'half', { n: 1 })
  store.insertLogs(log.seq, log.entries)
  store.insertLogs(log.seq, log.entries) // the same key twice
  await expect(store.committed()).rejects.toThrow('UNIQUE')
  expect(store.documents('topic')).toEqual([])
  store.putDocument('topic', 'later', { n: 2 })
  await expect(store.committed()).rejects.toThrow('UNIQUE')
  expect(store.documents('topic')).toEqual([])
  store.close()
})
