import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Manifest } from '../_runtime/manifest.ts'
import { parseCsv, readRowsToCheck } from './read-rows-to-check.ts'

const known = { required: true, nullable: false }
const manifest = Manifest.parse({
  ...{ name: 'houses', domain: 'test', title: 'Houses', task: 'regression', summary: '' },
  features: [
    { ...known, name: 'area', label: 'Area', type: 'number', default: 1, nullable: true },
    { ...known, name: 'rooms', label: 'Rooms', type: 'integer', default: 1 },
    { ...known, name: 'district', label: 'District', type: 'category', choices: ['west', 'north'], default: 'west' },
    {
      ...known,
      name: 'notes',
      label: 'Notes',
      type: 'text',
      maxLength: 20,
      default: '',
      required: false,
      nullable: true,
    },
  ],
  output: { name: 'price', label: 'Price', unit: '' },
})

test('columns may come in any order, be unknown, be of no use, or be left out where the manifest allows it', () => {
  const csv = 'price,district,extra,rooms,area\r\n-4,"west",x,3,\r\n0,north,y,2,NaN\n1e3,west,z,1,2.5\n'
  expect(readRowsToCheck(csv, manifest)).toEqual({
    rows: 3,
    columns: {
      area: [null, null, 2.5],
      rooms: [3, 2, 1],
      district: ['west', 'north', 'west'],
      notes: [null, null, null],
    },
    truth: Float64Array.of(-4, 0, 1000),
  })
})

test('the truth of a classification is the name of a class', () => {
  const classes = ['cheap', 'dear']
  const classification = { ...manifest, task: 'classification' as const, classes }
  const of = (truth: string) => readRowsToCheck(`area,rooms,district,price\n1,2,west,${truth}`, classification).truth
  expect(of('dear')).toEqual(Float64Array.of(1))
  expect(() => of('1')).toThrow('line 2: price is "1", none of cheap, dear')
})

test.each([
  ['a row too short', 'area,rooms,district,price\n1,2', /line 2 has 2 of 4 columns/],
  ['a column too few', 'area,rooms,price\n1,2,4', /no column district; they have area, rooms, price/],
  ['no number', 'area,rooms,district,price\nbig,2,west,4', /line 2: area is "big", not a number/],
  ['no truth', 'area,rooms,district,price\n1,2,west,', /line 2: price is not known/],
  ['an unknown choice', 'area,rooms,district,price\n1,2,moon,4', /line 2: district must be one of west/],
  ['no rows', 'area,rooms,district,price\n', /area has no values/],
])('rows with %s are refused, by line and column', (_, csv, message) => {
  expect(() => readRowsToCheck(csv, manifest)).toThrow(message)
})

test('whatever cells hold, they are read as they were written', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r\n', ' ', 'é') })
  const table = fc
    .integer({ min: 2, max: 4 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width })))
  const write = (cells: string[]) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')
  fc.assert(
    fc.property(table, (lines) => {
      expect(parseCsv(lines.map(write).join('\r\n'))).toEqual(lines)
    }),
  )
})
