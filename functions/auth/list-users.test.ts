import { z } from '@hono/zod-openapi'
import { describe, expect, test } from 'vitest'
import { newId } from '#shared/ids.ts'
import { callGateway } from '#shared/testing/gateway.ts'
import { givenUser, testContext } from '#shared/testing/users.ts'
import { hasServices } from '#shared/testing/world.ts'
import { createUser } from './create-user.ts'

const Page = z.object({ items: z.array(z.looseObject({ id: z.string() })) })

async function givenAdmin() {
  const token = await (await givenUser({ role: 'admin' })).token()
  const mark = newId('lease').slice(-16)
  const make = (name: string, role: 'user' | 'expert') =>
    createUser(testContext(), { name, email: `${newId('user')}@example.com`, passwordHash: 'none', role })
  return {
    mark,
    ada: await make(`Ada ${mark} 100%_`, 'user'),
    bob: await make(`Bob ${mark}`, 'expert'),
    async find(query: Record<string, string>) {
      const answer = await callGateway('GET', `/users?${new URLSearchParams(query)}`, { token })
      return Page.parse(answer.body).items.map(({ id }) => id)
    },
  }
}

describe.skipIf(!hasServices)('an admin finds people', () => {
  test('by a part of their name, address or id, in upper or lower case', async () => {
    const { mark, ada, bob, find } = await givenAdmin()
    expect(await find({ search: mark.toUpperCase() })).toEqual([bob, ada])
    expect(await find({ search: ` bob ${mark}` })).toEqual([bob])
    expect(await find({ search: ada.slice(5) })).toEqual([ada])
    expect(await find({ search: `${mark} 100%_` })).toEqual([ada])
    expect(await find({ search: `${mark}%bob` })).toEqual([])
  })

  test('by their role', async () => {
    const { mark, ada, bob, find } = await givenAdmin()
    expect(await find({ search: mark, role: 'expert' })).toEqual([bob])
    expect(await find({ search: mark, role: 'user' })).toEqual([ada])
    expect(await find({ search: mark, role: 'admin' })).toEqual([])
  })
})
