import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCsv } from './read-csv.ts'

const cellsOf = (text: string) => readCsv(text).records.map(({ cells }) => cells)

test('quotes hold separators, line ends and doubled quotes', () => {
  expect(cellsOf('a,"b, c","d ""e"""\n"f\r\ng",,h')).toEqual([
    ['a', 'b, c', 'd "e"'],
    ['f\r\ng', '', 'h'],
  ])
})

test('a byte order mark, and the line ends of Windows and of old Macs, are no content', () => {
  expect(cellsOf('\ufeffa,b\r\n1,2\r\n')).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ])
  expect(cellsOf('a,b\r1,2\r')).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ])
})

test('semicolons and tabs separate where they prevail in the heading, outside of quotes', () => {
  expect(readCsv('a;"b,,,";c\n1,5;2;3').separator).toBe(';')
  expect(readCsv('\n\ta\tb\n1\t2\t3')).toEqual({
    separator: '\t',
    records: [
      { line: 2, cells: ['', 'a', 'b'] },
      { line: 3, cells: ['1', '2', '3'] },
    ],
  })
  expect(readCsv('only\n1').separator).toBe(',')
})

test('lines are counted as an editor counts them, empty ones and those in quotes too', () => {
  expect(readCsv('a,b\n\n"1\n2",3\r\n   \r\n4,5').records.map(({ line }) => line)).toEqual([1, 3, 6])
})

test('empty cells stay, empty lines and the last line end do not', () => {
  expect(cellsOf('a,b\n,\n\n')).toEqual([
    ['a', 'b'],
    ['', ''],
  ])
  expect(cellsOf('')).toEqual([])
})

test('quotes that do not match are refused with their line', () => {
  expect(() => readCsv('a,b\n1,"2\n3')).toThrow('open_quote in line 2')
  expect(() => readCsv('a,b\n1,"2" 3')).toThrow('text_after_quote in line 2')
  expect(cellsOf('5" wheel,b')).toEqual([['5" wheel', 'b']])
})

test('whatever table is written, the same is read', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', ' ', 'я', '\ud83d\ude97') })
  const table = fc.integer({ min: 2, max: 5 }).chain((width) => {
    const row = fc.array(cell, { minLength: width, maxLength: width })
    return fc.array(row, { minLength: 1, maxLength: 6 })
  })
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`
  fc.assert(
    fc.property(table, (rows) => {
      expect(cellsOf(rows.map((row) => row.map(quote).join(',')).join('\r\n'))).toEqual(rows)
    }),
  )
})

test('whatever is read, the answer is a table or a fault with its line', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\t', '\n', '\r', '\u0000'), maxLength: 60 })
  fc.assert(
    fc.property(text, (hostile) => {
      try {
        for (const { cells } of readCsv(hostile).records) expect(cells.length).toBeGreaterThan(0)
      } catch (error) {
        expect(error).toMatchObject({ name: 'CsvError', line: expect.any(Number) })
      }
    }),
  )
})
