import { expect, test } from 'vitest'
import { answerAddress, askAddress, askAgainAddress } from './asked-at.ts'

const car = { model_name: 'random_forest', job_id: 'job_1', data: { horsepower: [100] } }
const data = { query: ['rain & love'], limit: [20], genres: ['Drama, Science Fiction'], year_from: [1990] }
const search = { model_name: 'movie_search', job_id: 'job_2', data }

test('a model is asked by its form, unless its domain has a page for it', () => {
  expect(askAddress('random_forest')).toBe('/console/predictors/random_forest')
  expect(askAddress('movie_search')).toBe('/console/movies')
  expect(askAgainAddress(car)).toBe('/console/predictors/random_forest?from=job_1')
  expect(answerAddress(car)).toBeUndefined()
})

test('a search is asked again, and its answer opened, as it was', () => {
  const asked = 'q=rain+%26+love&genre=Drama&genre=Science+Fiction&from=1990'
  expect(askAgainAddress(search)).toBe(`/console/movies?${asked}`)
  expect(answerAddress(search)).toBe(`/console/movies?${asked}&results=job_2`)
})
