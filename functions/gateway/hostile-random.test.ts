import fc from 'fast-check'
import { describe, test } from 'vitest'
import { hostileLiterals, hostileValues, hostileWords, loneSurrogate } from '#shared/testing/hostile-values.ts'
import { readOperations } from '#shared/testing/operations.ts'
import { givenTarget } from '#shared/testing/target.ts'
import { hasServices } from '#shared/testing/world.ts'

const { operations } = hasServices ? await readOperations() : { operations: [] }
const withBody = operations.filter(({ body }) => body)

const hostile = fc.constantFrom(...Object.values(hostileValues), ...Object.values(hostileWords), loneSurrogate)
const anyValue = fc.oneof(hostile, fc.jsonValue(), fc.string({ unit: 'binary' }), fc.double(), fc.bigInt().map(Number))
const key = fc.oneof(fc.constantFrom('__proto__', 'constructor', 'length', 'toJSON', ''), fc.string({ unit: 'binary' }))

/** Every place in a value, from the outside in. */
function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (value === null || typeof value !== 'object') return [path]
  return [path, ...Object.entries(value).flatMap(([name, member]) => pathsOf(member, [...path, name]))]
}

/** A copy of a value with something else at a place in it. */
function replaced(value: unknown, [name, ...rest]: readonly string[], by: unknown): unknown {
  if (name === undefined) return by
  if (Array.isArray(value)) return value.map((member, i) => (String(i) === name ? replaced(member, rest, by) : member))
  const entries = Object.entries(Object(value))
  return Object.fromEntries(entries.map(([own, member]) => [own, own === name ? replaced(member, rest, by) : member]))
}

describe.skipIf(!hasServices)(
  'whatever JSON comes, nothing breaks and nothing that is refused changes anything:',
  () => {
    test.for(withBody)('$operationId, anything at all', async (operation) => {
      const target = await givenTarget(operation)
      await fc.assert(
        fc.asyncProperty(fc.oneof(fc.jsonValue(), fc.dictionary(key, anyValue)), async (body) => {
          await target.send({ body: JSON.stringify(body) })
        }),
        { numRuns: 15 },
      )
      await target.expectUnchanged()
    })

    test.for(withBody)('$operationId, anything at any place of what is asked for', async (operation) => {
      const target = await givenTarget(operation)
      const paths = pathsOf(target.example.body)
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...paths), anyValue, async (path, value) => {
          await target.send({ body: JSON.stringify(replaced(target.example.body, path, value)) ?? '' })
        }),
        { numRuns: 30 },
      )
      await target.expectUnchanged()
    })

    test.for(withBody)('$operationId, a text with a few letters wrong', async (operation) => {
      const target = await givenTarget(operation)
      const text = JSON.stringify(target.example.body)
      const literal = fc.constantFrom(...Object.values(hostileLiterals))
      const insertion = fc.oneof(fc.string({ unit: 'binary', maxLength: 3 }), literal)
      await fc.assert(
        fc.asyncProperty(fc.nat({ max: text.length }), fc.nat({ max: 3 }), insertion, async (at, cut, inserted) => {
          await target.send({ body: text.slice(0, at) + inserted + text.slice(at + cut) })
        }),
        { numRuns: 15 },
      )
      await target.expectUnchanged()
    })
  },
)
