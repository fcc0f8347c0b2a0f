import { expect, test } from 'vitest'
import { writeCsv } from './write-csv.ts'

test('a header, then a line a row, each ended as the standard says', () => {
  expect(writeCsv(['id', 'amount'], [{ id: 'a', amount: 1 }])).toBe('id,amount\r\na,1\r\n')
  expect(writeCsv<{ id: string }>(['id'], [])).toBe('id\r\n')
})

test('quotes, commas and line ends are kept within a cell', () => {
  expect(writeCsv(['text'], [{ text: 'a "b", c\nd' }])).toBe('text\r\n"a ""b"", c\nd"\r\n')
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1'])('the text %j is no formula', (text) => {
  const [, line] = writeCsv(['text'], [{ text }]).split(/^text\r\n/)
  expect(line?.replace(/^"/, '').startsWith("'")).toBe(true)
})

test('numbers below zero stay numbers, and nothing is nothing', () => {
  expect(writeCsv(['amount', 'job'], [{ amount: -5, job: null }])).toBe('amount,job\r\n-5,\r\n')
})
