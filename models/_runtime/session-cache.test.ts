import { expect, test } from 'vitest'
import { SessionCache } from './session-cache.ts'

function givenCache(maxSessions: number) {
  const released: string[] = []
  const cache = new SessionCache<string>(maxSessions, async (session) => {
    released.push(session)
  })
  return { cache, released }
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

test('a session that leaves is released after its last user, not before', async () => {
  const { cache, released } = givenCache(1)
  const first = cache.lease('a', async () => 'a')
  const second = cache.lease('a', async () => 'never made')
  cache.lease('b', async () => 'b')
  first.end('done')
  await settled()
  expect(released).toEqual([])
  expect(await second.session).toBe('a')
  second.end('done')
  await settled()
  expect(released).toEqual(['a'])
})

test('a session that failed is made anew for the next call, and a late failure does not touch its successor', async () => {
  const { cache } = givenCache(2)
  const [first, second] = [cache.lease('a', async () => 'old'), cache.lease('a', async () => 'never made')]
  first.end('failed')
  const third = cache.lease('a', async () => 'new')
  second.end('failed')
  expect([third.cold, await third.session]).toEqual([true, 'new'])
  expect(cache.lease('a', async () => 'newer').cold).toBe(false)
})

test('clearing releases what nobody uses', async () => {
  const { cache, released } = givenCache(3)
  cache.lease('a', async () => 'a').end('done')
  const busy = cache.lease('b', async () => 'b')
  cache.clear()
  await settled()
  expect(released).toEqual(['a'])
  busy.end('done')
  await settled()
  expect(released).toEqual(['a', 'b'])
})
