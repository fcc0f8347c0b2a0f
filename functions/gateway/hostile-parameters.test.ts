import { describe, expect, test } from 'vitest'
import { hostileWords } from '#shared/testing/hostile-values.ts'
import { type Operation, readOperations } from '#shared/testing/operations.ts'
import { sharedOut, turnOf } from '#shared/testing/shared-out.ts'
import { expectRefusal, givenTarget } from '#shared/testing/target.ts'
import { hasServices } from '#shared/testing/world.ts'

const { operations } = hasServices ? await readOperations() : { operations: [] }
const withPlace = (place: 'path' | 'query') =>
  operations.filter(({ parameters }) => parameters.some((parameter) => parameter.in === place))
const namesOf = ({ parameters }: Operation, place: 'path' | 'query') =>
  parameters.filter((parameter) => parameter.in === place).map(({ name }) => name)

/** Longer ones never reach us: the platform refuses them. */
const words = Object.values(hostileWords).map((word) => word.slice(0, 10_000))
const numbers = [
  '-1',
  '0',
  '-0',
  '101',
  '1.5',
  '1e1',
  '1e999',
  '0x10',
  'NaN',
  'Infinity',
  ' ',
  '9'.repeat(400),
  '٣',
  '1;2',
]
const momentLike = [
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59-23:59',
  '2026-02-30T00:00:00Z',
  '2026-01-01',
  '1767225600',
]
const momentsBeyond = [
  '+275760-09-13T00:00:00Z',
  '-271821-04-20T00:00:00Z',
  '2026-01-01T00:00:00+25:00',
  '2026-01-01T24:00:00Z',
]
const cursors = [
  'AAAA',
  '====',
  btoa('job_1'),
  btoa(`job_${'0'.repeat(31)}'`),
  btoa(`lease_${'f'.repeat(32)}`),
  btoa('\u0000'),
]
const queryValues = [...words, ...numbers, ...momentLike, ...momentsBeyond, ...cursors]

/** Not one of these is encoded as a client should. */
const rawSegments = [
  '%00',
  '%',
  '%zz',
  '%c0%af',
  '%ED%A0%80',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '..%5c..%5cx',
  '%F0%9F',
  "';--",
]

describe.skipIf(!hasServices)('nothing is found under the name of nothing:', () => {
  test.for(withPlace('path'))('$method $path', async (operation) => {
    const target = await givenTarget(operation)
    for (const name of namesOf(operation, 'path')) {
      for (const word of words) expectRefusal(await target.send({ path: { ...target.example.path, [name]: word } }))
      for (const segment of rawSegments) {
        const address = operation.path.replace(`{${name}}`, segment)
        expectRefusal(await target.send({ address: address.replaceAll(/\{\w+\}/g, 'x') }))
      }
    }
    await target.expectUnchanged()
  })
})

describe.skipIf(!hasServices)(
  'whatever a query holds, nothing breaks and nothing that is refused changes anything:',
  () => {
    test.for(withPlace('query'))('$operationId', async (operation) => {
      const target = await givenTarget(operation)
      for (const name of namesOf(operation, 'query')) {
        for (const value of sharedOut(queryValues, turnOf(operation.operationId + name)))
          await target.send({ query: { ...target.example.query, [name]: value } })
        const twice = `${operation.path}?${name}=1&${name}=true`
        await target.send({ address: twice })
        for (const segment of rawSegments) await target.send({ address: `${operation.path}?${name}=${segment}` })
      }
      await target.expectUnchanged()
    })

    test.for(operations)('$operationId, when nobody asked for it', async (operation) => {
      const target = await givenTarget(operation)
      const strangers = {
        __proto__x: '1',
        constructor: '1',
        user_id: target.ids.user_id,
        role: 'admin',
        '': '',
        'a[b]': '1',
      }
      await target.send({ query: { ...target.example.query, ...strangers } })
      await target.expectUnchanged()
    })
  },
)

describe.skipIf(!hasServices)('a page that does not exist is refused, and why is said:', () => {
  const lists = operations.filter((operation) => namesOf(operation, 'query').includes('cursor'))
  test.for(lists)('$operationId', async (operation) => {
    const target = await givenTarget(operation)
    for (const cursor of cursors) {
      const answer = await target.send({ query: { cursor } })
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/query/cursor' }] } })
    }
    for (const limit of ['-1', '0', '101', '1.5', '', 'NaN', '9'.repeat(400)]) {
      const answer = await target.send({ query: { limit } })
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/query/limit' }] } })
    }
  })
})
