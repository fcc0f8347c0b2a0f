import { describe, expect, onTestFinished, test } from 'vitest'
import { startRedis } from '#infra/local/redis/start.ts'
import { systemClock } from './clock.ts'
import { counter } from './measures.ts'
import { createMetrics } from './metrics.ts'
import { createMetricsStore, type MetricsStore } from './metrics-store.ts'
import { createRedis } from './redis.ts'

const asked = counter('asked_total', 'Asked', ['who'])

async function givenStore() {
  const redis = await startRedis({ token: 'counts' })
  onTestFinished(() => redis.close())
  return createMetricsStore(createRedis({ url: redis.url, token: 'counts' }))
}

/** An isolate that stores what it counted whenever it is told. */
function givenIsolate(store: MetricsStore) {
  const metrics = createMetrics(store, 1)
  const clock = { ...systemClock, sleep: async () => {} }
  return {
    count: (who: string) => metrics.add(asked, { who }),
    async store() {
      const work: Promise<unknown>[] = []
      metrics.storeLater({ defer: (it) => work.push(it), clock, log: () => {} })
      await Promise.all(work)
    },
  }
}

describe('counts', () => {
  test('of all isolates are summed', async () => {
    const store = await givenStore()
    for (const who of ['ada', 'bob', 'ada']) {
      const isolate = givenIsolate(store)
      isolate.count(who)
      await isolate.store()
    }
    expect(await store.read()).toEqual({ '["asked_total","","ada"]': 2, '["asked_total","","bob"]': 1 })
  })

  test('that Redis took, but whose answer was lost, count once', async () => {
    const store = await givenStore()
    let lost = 2
    const isolate = givenIsolate({
      ...store,
      async add(batch) {
        await store.add(batch)
        if (lost-- > 0) throw new Error('no answer')
      },
    })
    for (const who of ['ada', 'bob', 'cy']) {
      isolate.count(who)
      await isolate.store()
    }
    await isolate.store()
    expect(Object.values(await store.read())).toEqual([1, 1, 1])
  })

  test('wait for Redis, however often it is away', async () => {
    const store = await givenStore()
    let isAway = true
    const isolate = givenIsolate({
      ...store,
      add: async (batch) => (isAway ? Promise.reject(new Error('away')) : store.add(batch)),
    })
    for (const _ of [1, 2, 3]) {
      isolate.count('ada')
      await isolate.store()
    }
    isAway = false
    await isolate.store()
    expect(await store.read()).toEqual({ '["asked_total","","ada"]': 3 })
  })
})
