import { expect, test } from 'vitest'
import { givenQstash } from './testing/given-qstash.ts'

test('a message to a group reaches every endpoint once, each with its own id', async () => {
  const { client, destination, settle } = await givenQstash()
  const endpoints = [{ name: 'first', url: destination.url('/a') }, { url: destination.url('/b') }]
  await client.urlGroups.addEndpoints({ name: 'all', endpoints })
  const publish = () => client.publishJSON({ urlGroup: 'all', body: { n: 1 }, deduplicationId: 'd' })
  const published = await publish()
  const again = await publish()
  await settle()
  expect(published.map(({ url }) => url)).toEqual([destination.url('/a'), destination.url('/b')])
  expect(new Set(published.map(({ messageId }) => messageId)).size).toBe(2)
  expect(again).toEqual(published.map((result) => ({ ...result, deduplicated: true })))
  expect(destination.deliveries.map(({ target, body }) => [target, body]).sort()).toEqual([
    ['/a', '{"n":1}'],
    ['/b', '{"n":1}'],
  ])
  const { logs } = await client.logs({ filter: { urlGroup: 'all', state: 'DELIVERED' } })
  expect(logs.map(({ urlGroup, endpointName }) => `${urlGroup} ${endpointName}`).sort()).toEqual([
    'all first',
    'all undefined',
  ])
})

test('endpoints are added, replaced and removed by name or address', async () => {
  const { client, destination } = await givenQstash()
  const [a, b, c] = [destination.url('/a'), destination.url('/b'), destination.url('/c')]
  const endpoints = async () => (await client.urlGroups.get('all')).endpoints
  await client.urlGroups.addEndpoints({ name: 'all', endpoints: [{ name: 'one', url: a }] })
  await client.urlGroups.addEndpoints({ name: 'all', endpoints: [{ name: 'one', url: b }, { url: c }] })
  expect(await endpoints()).toEqual([{ name: 'one', url: b }, { url: c }])
  await client.urlGroups.removeEndpoints({ name: 'all', endpoints: [{ name: 'one' }] })
  expect(await endpoints()).toEqual([{ url: c }])
  await client.urlGroups.removeEndpoints({ name: 'all', endpoints: [{ url: c }] })
  expect(await endpoints()).toEqual([])
  expect((await client.urlGroups.list()).map(({ name }) => name)).toEqual(['all'])
  await client.urlGroups.delete('all')
  await expect(client.urlGroups.get('all')).rejects.toMatchObject({ status: 404 })
})

test('a group that does not exist, and endpoints that are no addresses, are refused', async () => {
  const { client } = await givenQstash()
  await expect(client.publishJSON({ urlGroup: 'nobody', body: 1 })).rejects.toMatchObject({ status: 404 })
  const add = (name: string, url: string) => client.urlGroups.addEndpoints({ name, endpoints: [{ url }] })
  await expect(add('bad name', 'http://x')).rejects.toMatchObject({ status: 400 })
  await expect(add('good', 'file:///etc/passwd')).rejects.toMatchObject({ status: 400 })
  expect(await client.urlGroups.list()).toEqual([])
})
