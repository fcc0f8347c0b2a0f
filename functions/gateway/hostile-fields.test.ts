import { describe, test } from 'vitest'
import { hostileLiterals, hostileValues, hostileWords, loneSurrogate } from '#shared/testing/hostile-values.ts'
import { readOperations } from '#shared/testing/operations.ts'
import { sharedOut, turnOf } from '#shared/testing/shared-out.ts'
import { expectRefusal, givenTarget } from '#shared/testing/target.ts'
import { hasServices } from '#shared/testing/world.ts'

const { operations } = hasServices ? await readOperations() : { operations: [] }
const withBody = operations.filter(({ body }) => body)

const values = [...Object.values(hostileValues), ...Object.values(hostileWords), loneSurrogate]
const place = 'the place of a literal'

/** A body one of whose members is what `JSON.stringify` would not write. */
function withLiteral(body: object, name: string, literal: string): string {
  return JSON.stringify({ ...body, [name]: place }).replace(JSON.stringify(place), () => literal)
}

function without(body: object, name: string) {
  return Object.fromEntries(Object.entries(body).filter(([member]) => member !== name))
}

describe.skipIf(!hasServices)('a body that fits its schema in all but one member breaks nothing:', () => {
  test.for(withBody)('$operationId, whatever the member holds', async (operation) => {
    const target = await givenTarget(operation)
    const example = target.example.body ?? {}
    for (const name of Object.keys(operation.body?.properties ?? {})) {
      const turn = turnOf(operation.operationId + name)
      for (const value of sharedOut(values, turn)) await target.send({ body: { ...example, [name]: value } })
      for (const literal of sharedOut(Object.values(hostileLiterals), turn))
        await target.send({ body: withLiteral(example, name, literal) })
    }
    await target.expectUnchanged()
  })

  test.for(withBody)('$operationId, when a required member is missing', async (operation) => {
    const target = await givenTarget(operation)
    for (const name of operation.body?.required ?? []) {
      const answer = await target.send({ body: without(target.example.body ?? {}, name) })
      expectRefusal(answer, { status: 422 })
    }
    await target.expectUnchanged()
  })

  test.for(withBody)('$operationId, when it has members that nobody asked for', async (operation) => {
    const target = await givenTarget(operation)
    for (const [name, literal] of Object.entries(hostileLiterals)) {
      await target.send({ body: withLiteral(target.example.body ?? {}, name, literal) })
    }
    const posing = { id: 'x', user_id: target.ids.user_id, role: 'admin', price: 0, status: 'finished', is_admin: true }
    await target.send({ body: { ...posing, ...target.example.body } })
    await target.expectUnchanged()
  })

  test.for(withBody)('$operationId, when it is no object, or not there', async (operation) => {
    const target = await givenTarget(operation)
    expectRefusal(await target.send({ body: '' }), { status: 400 })
    // Records that are no films are reported, not refused.
    const lists = operation.operationId === 'importFilms' ? ['[]'] : ['[]', '[{}]']
    for (const body of ['null', 'true', '1', '-0', '"text"', '{}', ...lists])
      expectRefusal(await target.send({ body }), { status: 422 })
    await target.expectUnchanged()
  })
})
