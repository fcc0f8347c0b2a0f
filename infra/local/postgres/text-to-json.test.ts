import fc from 'fast-check'
import { expect, test } from 'vitest'
import { textToJson } from './text-to-json.ts'

const textArray = 1009

/** The way Postgres writes arrays: quotes where they are needed. */
function literal(values: unknown[]): string {
  const elements = values.map((value) => {
    if (Array.isArray(value)) return literal(value)
    if (value === null) return 'NULL'
    const text = String(value)
    const isBare = text !== '' && !/[{}",\\\s]/.test(text) && text.toUpperCase() !== 'NULL'
    return isBare ? text : `"${text.replace(/["\\]/g, '\\$&')}"`
  })
  return `{${elements.join(',')}}`
}

const element = fc.option(
  fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('{', '}', '"', ',', '\\', ' ', 'a') }), fc.constant('NULL')),
)

test('every array of text is read as Postgres wrote it, at any depth', () =>
  fc.assert(
    fc.property(
      fc.oneof(fc.array(element), fc.array(fc.array(element, { minLength: 1 }), { minLength: 1 })),
      (values) => {
        expect(textToJson(literal(values), textArray)).toEqual(values)
      },
    ),
  ))

test('what JSON cannot hold without loss stays text', () => {
  expect(textToJson('9007199254740993', 20)).toBe('9007199254740993')
  expect(textToJson('0.10', 1700)).toBe('0.10')
  expect(textToJson('Infinity', 701)).toBe('Infinity')
  expect(textToJson('{1.5,NaN}', 1022)).toEqual([1.5, 'NaN'])
  expect(textToJson('[0:1]={1,2}', 1007)).toEqual([1, 2])
})
