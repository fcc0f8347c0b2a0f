import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellOf, checkColumns, isTooLong } from './check-columns.ts'
import { columnsOfDraft, type Draft, draftOfDefaults, draftOfRow } from './draft.ts'
import { readNumber } from './read-number.ts'
import { withoutFaultyRows } from './rows.ts'
import { toyManifest } from './testing/toy-manifest.ts'

const { features } = toyManifest
const defaults = draftOfDefaults(features)
const sent = (changes: Draft, decimalComma = false) =>
  columnsOfDraft(features, { ...defaults, ...changes }, decimalComma)
const faultsOf = (changes: Draft) =>
  checkColumns(toyManifest, sent(changes)).map(({ column, code }) => `${column} ${code}`)

test('the defaults fit, and are sent as values of their types', () => {
  expect(sent({})).toEqual({ power: [5.5], doors: [4], fuel: ['gas'], maker: ['audi'] })
  expect(faultsOf({})).toEqual([])
})

test('what is not known is null, and left out where it may be', () => {
  expect(sent({ doors: null, maker: null })).toEqual({ power: [5.5], doors: [null], fuel: ['gas'] })
  expect(sent({ maker: '  ' })).not.toHaveProperty('maker')
})

test('every field is checked as the API checks it', () => {
  expect(faultsOf({ power: '', doors: '' })).toEqual(['power missing_value', 'doors missing_value'])
  expect(faultsOf({ power: 'much', doors: '2.5' })).toEqual(['power wrong_type', 'doors not_an_integer'])
  expect(faultsOf({ power: '11', fuel: 'coal' })).toEqual(['power out_of_range', 'fuel unknown_choice'])
  expect(faultsOf({ power: '1e99', maker: 'mercedes-benz' })).toEqual(['power not_finite', 'maker too_long'])
  expect(faultsOf({ power: null, fuel: null })).toEqual(['power missing_value', 'fuel missing_value'])
})

test('a row that was sent comes back as the same draft', () => {
  const columns = { power: [1, 2.5], doors: [2, null], fuel: ['gas', 'diesel'] }
  expect(draftOfRow(features, columns, 1, defaults)).toEqual({
    power: '2.5',
    doors: null,
    fuel: 'diesel',
    maker: 'audi',
  })
})

test('a value that no field can hold is shown and refused, never replaced', () => {
  const draft = draftOfRow(features, { power: [true], fuel: [null], doors: [{}] }, 0, defaults)
  expect(draft).toMatchObject({ power: 'true', fuel: '', doors: '{}' })
  expect(faultsOf(draft)).toEqual(['power wrong_type', 'doors wrong_type', 'fuel missing_value'])
})

test('numbers are read as people write them', () => {
  expect(['1', ' -2.5 ', '+.5', '1e3', '3.', '1\u00a0234'].map((text) => readNumber(text, false))).toEqual([
    1, -2.5, 0.5, 1000, 3, 1234,
  ])
  expect(['', 'x', '1,5', '0x10', 'Infinity', '1 2', '--1', '1e'].map((text) => readNumber(text, false))).toEqual(
    new Array(8).fill(undefined),
  )
  expect(readNumber('1,5', true)).toBe(1.5)
  expect(readNumber('1,234.5', true)).toBeUndefined()
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(readNumber(String(value), false)).toBe(value + 0)
    }),
  )
})

test('the pointer of a fault leads to its column and row', () => {
  const fault = { code: 'x', message: 'm' }
  expect(cellOf({ pointer: '/data/a~1b~0/12', ...fault })).toEqual({ column: 'a/b~', row: 12, ...fault })
  expect(cellOf({ pointer: '/data/power', ...fault })).toEqual({ column: 'power', ...fault })
  expect(cellOf({ pointer: '/data', ...fault })).toEqual(fault)
  expect(cellOf({ pointer: '/model_name', ...fault })).toEqual(fault)
})

test('rows with faults can be left out', () => {
  const columns = { power: [1, 99, 3], doors: [2, 2, 2.5], fuel: ['gas', 'gas', 'gas'] }
  const imported = { source: 'test', rows: 3, columns, ignored: [], lines: [2, 3, 5] }
  expect(withoutFaultyRows(imported, checkColumns(toyManifest, columns))).toEqual({
    ...imported,
    rows: 1,
    columns: { power: [1], doors: [2], fuel: ['gas'] },
    lines: [2],
  })
})

test('the length that the API reads is counted in bytes', () => {
  expect(isTooLong('a'.repeat(2 * 2 ** 20))).toBe(false)
  expect(isTooLong('я'.repeat(2 ** 20 + 1))).toBe(true)
})
