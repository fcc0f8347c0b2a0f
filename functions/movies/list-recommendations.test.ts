import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { callGateway } from '#shared/testing/gateway.ts'
import { givenUser } from '#shared/testing/users.ts'
import { hasServices } from '#shared/testing/world.ts'
import { givenSearchableFilms } from './testing/searchable-films.ts'

const History = z.object({ items: z.array(z.object({ kind: z.string(), query: z.string().nullable() })) })
const genre = `History ${crypto.randomUUID().slice(0, 8)}`

beforeAll(async () => {
  if (!hasServices) return
  const description = 'A clerk who forgets everything writes down each of his days.'
  await givenSearchableFilms([{ title: `Diary ${genre}`, description, genres: [genre], year: 1970 }])
})

test.skipIf(!hasServices)('the history may be of searches alone, without what nobody asked for', async () => {
  const user = await givenUser({ credits: 10 })
  const token = await user.token()
  await callGateway('POST', '/recommend', { token, body: { query: 'a clerk and his diary', genres: [genre] } })
  await callGateway('GET', '/recommendations/movies?limit=1', { token })
  const read = async (query: string) => {
    const answer = await callGateway('GET', `/recommendations/history${query}`, { token })
    return History.parse(answer.body).items.map(({ kind }) => kind)
  }
  expect(await read('')).toEqual(['personal', 'query'])
  expect(await read('?kind=query')).toEqual(['query'])
  expect(await read('?kind=personal')).toEqual(['personal'])
})
