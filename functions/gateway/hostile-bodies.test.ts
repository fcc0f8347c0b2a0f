import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { unreadableBodies } from '#shared/testing/hostile-values.ts'
import { readOperations } from '#shared/testing/operations.ts'
import { sharedOut, turnOf } from '#shared/testing/shared-out.ts'
import { expectRefusal, givenTarget } from '#shared/testing/target.ts'
import { hasServices } from '#shared/testing/world.ts'

const { operations } = hasServices ? await readOperations() : { operations: [] }

const otherTypes = [
  '',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/xml',
  'application/jsonp',
  'application/json-seq',
  'application/json, text/html',
  'json',
  `application/${'a'.repeat(10_000)}`,
]
const encodings = ['gzip', 'br', 'deflate', 'identity, gzip', 'x']
const megabytes = (count: number) => JSON.stringify({ text: 'a'.repeat(count * 2 ** 20) })
const tooLarge = megabytes(3)
/** Of an operation that takes ten thousand films at once. */
const muchTooLarge = megabytes(33)

describe.skipIf(!hasServices)('a body that cannot be read is refused and changes nothing:', () => {
  test.for(operations)('$operationId', async (operation) => {
    const target = await givenTarget(operation)
    for (const [name, body] of sharedOut(Object.entries(unreadableBodies), turnOf(operation.operationId))) {
      const answer = await target.send({ body })
      expectRefusal(answer)
      expect([400, 413], name).toContain(answer.status)
    }
    await target.expectUnchanged()
  })
})

describe.skipIf(!hasServices)('a body of another type, encoding or size is refused and changes nothing:', () => {
  test.for(operations)('$operationId', async (operation) => {
    const target = await givenTarget(operation)
    const body = JSON.stringify(target.example.body ?? {})
    for (const type of sharedOut(otherTypes, turnOf(operation.operationId)))
      expectRefusal(await target.send({ body, headers: { 'content-type': type } }), { status: 415 })
    for (const encoding of sharedOut(encodings, turnOf(operation.operationId))) {
      const headers = { 'content-encoding': encoding }
      expectRefusal(await target.send({ body, headers }), { status: 415 })
      expectRefusal(await target.send({ body: new Uint8Array(gzipSync(body)), headers }), { status: 415 })
    }
    const large = operation.operationId === 'importFilms' ? muchTooLarge : tooLarge
    expectRefusal(await target.send({ body: large }), { status: 413 })
    expectRefusal(await target.send({ body, headers: { 'content-length': '99999999999' } }), { status: 413 })
    await target.expectUnchanged()
  })
})

describe.skipIf(!hasServices)('JSON by another of its names is JSON:', () => {
  const types = [
    'application/json;charset=utf-8',
    'application/json; charset=UTF-8; x=y',
    'application/merge-patch+json',
  ]
  test.for(types)('%s', async (type) => {
    const quote = operations.filter(({ operationId }) => operationId === 'quotePrediction')
    for (const operation of quote) {
      const target = await givenTarget(operation)
      expect((await target.send({ headers: { 'content-type': type } })).status).toBe(200)
    }
    expect(quote).toHaveLength(1)
  })
})
