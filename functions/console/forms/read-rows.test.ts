import { expect, test } from 'vitest'
import { checkColumns } from './check-columns.ts'
import { readRows, readRowsOfFile } from './read-rows.ts'
import { missingColumns, UnreadableRows, withDefaults } from './rows.ts'
import { toyManifest } from './testing/toy-manifest.ts'

const read = (text: string) => readRows(toyManifest, text, 'test')

function refusal(text: string): unknown {
  try {
    read(text)
  } catch (error) {
    if (error instanceof UnreadableRows) return [error.code, error.values]
    throw error
  }
  return undefined
}

const good = { power: [1, 2.5], doors: [2, null], fuel: ['gas', 'diesel'], maker: ['audi', null] }

test('a table becomes columns: numbers as numbers, empty cells as not known, in any order of columns', () => {
  const { columns, rows, lines, ignored } = read('maker,fuel,doors,power\naudi,gas,2,1\n,diesel,,2.5\n')
  expect({ columns, rows, lines, ignored }).toEqual({ columns: good, rows: 2, lines: [2, 3], ignored: [] })
  expect(checkColumns(toyManifest, columns)).toEqual([])
})

test('headings may be labels, and in any case; what the predictor does not know is left out and told', () => {
  const { columns, ignored } = read('\ufeffPOWER OF IT, Fuel ,price,__proto__,constructor\r\n1,gas,9,9,9\r\n')
  expect(columns).toEqual({ power: [1], fuel: ['gas'] })
  expect(ignored).toEqual(['price', '__proto__', 'constructor'])
})

test('a comma is a decimal point only where it separates nothing', () => {
  expect(read('power;fuel\n2,5;gas').columns.power).toEqual([2.5])
  expect(read('power,fuel\n"2,5",gas').columns.power).toEqual(['2,5'])
})

test('an empty cell of a column that must be known is a missing value, at its row', () => {
  const { columns } = read('power,doors,fuel\n1,2,gas\n,2,\n')
  expect(checkColumns(toyManifest, columns).map(({ column, row, code }) => [column, row, code])).toEqual([
    ['power', 1, 'missing_value'],
    ['fuel', 1, 'missing_value'],
  ])
})

test('a table that cannot be trusted is refused with its place', () => {
  expect(refusal('')).toEqual(['nothing', {}])
  expect(refusal('power,fuel\n')).toEqual(['no_rows', {}])
  expect(refusal('power,power of it\n1,2')).toEqual(['column_twice', { column: 'power' }])
  expect(refusal('a,b\n1,2')).toEqual(['no_known_column', { columns: 'power, doors, fuel' }])
  expect(refusal('power,fuel\n1,gas\n2,gas,3')).toEqual(['ragged', { line: 3, cells: 3, columns: 2 }])
  expect(refusal('power,fuel\n1,"gas')).toEqual(['open_quote', { line: 2 }])
  expect(refusal(`power\n${'1\n'.repeat(10_001)}`)).toEqual(['too_many_rows', { rows: 10_001, maximum: 10_000 }])
  expect(refusal('x'.repeat(8 * 2 ** 20 + 1))).toEqual(['too_large', { megabytes: 8 }])
})

test('JSON is taken in every shape that people have at hand', () => {
  const rows = [
    { power: 1, doors: 2, fuel: 'gas', maker: 'audi' },
    { power: 2.5, fuel: 'diesel' },
  ]
  for (const shape of [
    good,
    { model_name: 'toy', data: good },
    { data: rows },
    rows,
    { job_id: 'j', rows: 2, data: good },
  ])
    expect(read(JSON.stringify(shape)).columns).toEqual(good)
  expect(read(' {"power": 1, "colour": "red"}')).toMatchObject({
    columns: { power: [1] },
    rows: 1,
    ignored: ['colour'],
  })
})

test('JSON that is no table is refused', () => {
  expect(refusal('{"power": ')).toEqual(['not_json', { reason: expect.any(String) }])
  expect(refusal('[1, 2]')).toEqual(['row_not_object', { row: 1 }])
  expect(refusal('[[]]')).toEqual(['row_not_object', { row: 1 }])
  expect(refusal('[]')).toEqual(['no_rows', {}])
  expect(refusal('{"power": [1], "fuel": "gas"}')).toEqual(['mixed', {}])
  expect(refusal('{"power": [1], "Power": [2]}')).toEqual(['column_twice', { column: 'power' }])
  expect(refusal(JSON.stringify({ power: new Array(10_001).fill(1) }))).toEqual([
    'too_many_rows',
    { rows: 10_001, maximum: 10_000 },
  ])
})

test('names inherited from Object are no columns', () => {
  const { columns, ignored } = read('{"__proto__": [1], "constructor": [2], "power": [3]}')
  expect(Object.entries(columns)).toEqual([['power', [3]]])
  expect(ignored).toEqual(['__proto__', 'constructor'])
})

test('columns that are missing can be filled with their defaults', () => {
  const imported = read('fuel\ngas\ndiesel')
  expect(missingColumns(toyManifest, imported.columns)).toEqual(['power', 'doors'])
  expect(withDefaults(toyManifest, imported).columns).toEqual({
    power: [5.5, 5.5],
    doors: [4, 4],
    fuel: ['gas', 'diesel'],
  })
})

test('a file may be UTF-16 with its mark, and is refused when it is no text', async () => {
  const text = '\ufeffpower\tfuel\n2,5\tgas'
  const utf16 = Uint8Array.from([...text].flatMap((char) => [char.charCodeAt(0) & 255, char.charCodeAt(0) >> 8]))
  const { columns, source } = await readRowsOfFile(toyManifest, new File([utf16], 'rows.txt'))
  expect({ columns, source }).toEqual({ columns: { power: [2.5], fuel: ['gas'] }, source: 'rows.txt' })
  const binary = new File([Uint8Array.of(0x50, 0x4b, 3, 4, 0xff, 0xfe, 0xc3)], 'rows.xlsx')
  await expect(readRowsOfFile(toyManifest, binary)).rejects.toMatchObject({ code: 'not_text' })
})
