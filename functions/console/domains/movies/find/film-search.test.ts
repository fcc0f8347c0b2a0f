import { expect, test } from 'vitest'
import { areAnyFilters, bodyOf, type FilmSearch, faultOf, readSearch, writeSearch } from './film-search.ts'

const search: FilmSearch = { query: 'robots & love, 100%', genres: ['Drama', 'Science Fiction'], from: 1990, to: 2009 }
const nothing: FilmSearch = { query: '', genres: [], from: undefined, to: undefined }

test('a search comes out of the address as it went in', () => {
  expect(readSearch(writeSearch(search))).toEqual(search)
  expect(readSearch(new URLSearchParams(writeSearch(search, 'job_1').toString()))).toEqual(search)
  expect(writeSearch(search, 'job_1').get('results')).toBe('job_1')
  expect(writeSearch(nothing).toString()).toBe('')
})

test('what no search can be is left out of what the address says', () => {
  const address = new URLSearchParams('genre=Drama&genre=Drama&genre=+&from=last+year&to=19')
  expect(readSearch(address)).toEqual({ ...nothing, genres: ['Drama'] })
})

test('only what was chosen is sent', () => {
  expect(bodyOf({ ...nothing, query: ' rain ' })).toEqual({ query: 'rain', limit: 20 })
  expect(bodyOf(search)).toMatchObject({ genres: ['Drama', 'Science Fiction'], year_from: 1990, year_to: 2009 })
  expect([areAnyFilters(nothing), areAnyFilters(search)]).toEqual([false, true])
})

test('nothing is sent for an empty query, or for years that no film can have', () => {
  expect(faultOf({ ...nothing, query: '  ' })).toBe('empty')
  expect(faultOf({ ...search, to: 1989 })).toBe('years')
  expect(faultOf(search)).toBeUndefined()
})
