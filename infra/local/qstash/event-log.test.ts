import { expect, test } from 'vitest'
import { EventLog } from './event-log.ts'
import type { Message } from './message.ts'
import { Store } from './store.ts'

const message: Message = {
  seq: 1,
  id: 'msg_1',
  body: Buffer.alloc(0),
  retried: 0,
  dueAtMs: 0,
  state: 'waiting',
  spec: {
    url: 'http://example.com/',
    method: 'POST',
    headers: [],
    maxRetries: 3,
    callerIp: '127.0.0.1',
    createdAtMs: 0,
    notBeforeMs: 0,
  },
}

test('the log keeps the newest entries and never grows beyond its bound, in memory and on disk', async () => {
  const store = new Store(':memory:')
  const log = new EventLog(store)
  for (let timeMs = 1; timeMs <= 50_000; timeMs++) {
    log.append('ACTIVE', message, timeMs)
    if (timeMs % 100 === 0) await store.committed()
  }
  await store.committed()
  const kept = [...log.newestFirst()]
  expect(kept[0]?.time).toBe(50_000)
  expect(kept.length).toBeGreaterThanOrEqual(10_000)
  expect(kept.length).toBeLessThanOrEqual(12_000)
  const saved = [...new EventLog(store).newestFirst()]
  expect(saved.slice(0, 10_000)).toEqual(kept.slice(0, 10_000))
  expect(saved.length).toBeLessThanOrEqual(12_200)
  store.close()
})
