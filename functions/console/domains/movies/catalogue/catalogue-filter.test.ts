import { expect, test } from 'vitest'
import { catalogueQuery, isNarrowed, readFilter, writeFilter } from './catalogue-filter.ts'

test('filters come out of the address as they went in', () => {
  const filter = { genre: 'Science Fiction', from: 1980, to: 1989, sort: 'year' } as const
  expect(readFilter(writeFilter(filter))).toEqual(filter)
  expect(catalogueQuery(filter)).toMatchObject({
    genre: 'Science Fiction',
    year_from: 1980,
    year_to: 1989,
    sort: 'year',
  })
  expect(isNarrowed(filter)).toBe(true)
})

test('what no filter can be is left out, and nothing chosen is a plain address', () => {
  const plain = readFilter(new URLSearchParams('sort=colour&from=long+ago'))
  expect(plain).toEqual({ genre: '', from: undefined, to: undefined, sort: 'title' })
  expect(writeFilter(plain).toString()).toBe('')
  expect(isNarrowed(plain)).toBe(false)
})
