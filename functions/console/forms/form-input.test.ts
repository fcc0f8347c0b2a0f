import { expect, test } from 'vitest'
import { emptyInput, keptColumns, readInput, takeRows } from './form-input.ts'
import { readRows } from './read-rows.ts'
import { toyManifest } from './testing/toy-manifest.ts'

const read = (text: string) => readRows(toyManifest, text, 'test')
const fresh = emptyInput(toyManifest)

test('one row fills the fields and leaves the others; many rows stay rows', () => {
  const one = read('{"power": 3}')
  expect(takeRows(toyManifest, fresh, one)).toEqual({ mode: 'one', draft: { ...fresh.draft, power: '3' } })
  expect(keptColumns(toyManifest, one)).toEqual(['doors', 'fuel'])
  const many = read('power\n1\n2')
  expect(takeRows(toyManifest, fresh, many)).toEqual({ mode: 'many', draft: fresh.draft, imported: many })
  expect(keptColumns(toyManifest, many)).toEqual([])
})

test('what was kept comes back', () => {
  const input = { ...takeRows(toyManifest, fresh, read('power\n1\n2')), draft: { ...fresh.draft, doors: null } }
  expect(readInput(toyManifest, JSON.stringify(input))).toEqual(input)
})

test('what was kept for another version of the manifest, or by somebody else, does no harm', () => {
  const old = { mode: 'x', draft: { power: '3', doors: 4, gone: '1', constructor: '2' }, imported: { rows: 1 } }
  expect(readInput(toyManifest, JSON.stringify(old))).toEqual({ mode: 'one', draft: { ...fresh.draft, power: '3' } })
  for (const text of [null, '', '{', '[]', '{"draft": 1}', '"x"']) expect(readInput(toyManifest, text)).toEqual(fresh)
})
