import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { posterArt, type Subject } from './poster-art.ts'
import { titleLines } from './title-lines.ts'

const folder = join(import.meta.dirname, '../../../../../models/movies/films')
const films = readdirSync(folder).flatMap(
  (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as (Subject & { title_ru?: string })[],
)

test('a film has one poster, and no two films of the catalogue share theirs', () => {
  const drawn = films.map((film) => JSON.stringify(posterArt(film)))
  expect(drawn).toEqual(films.map((film) => JSON.stringify(posterArt({ ...film }))))
  expect(new Set(drawn).size).toBe(films.length)
  expect(films.length).toBeGreaterThan(20)
})

test('genres that nobody drew, and none at all, have a poster too', () => {
  for (const genres of [[], ['Opera']])
    expect(posterArt({ title: 'Тень', year: 1999, genres }).shapes.length).toBeGreaterThan(0)
})

test('nothing is drawn at a place that is no number', () => {
  expect(films.filter((film) => /NaN|Infinity|undefined/.test(JSON.stringify(posterArt(film))))).toEqual([])
})

test.each([
  ['Jaws', ['Jaws']],
  ['Supercalifragilisticexpialidocious', ['Supercalifragilist…']],
])('the title %s is written in lines of whole words', (title, lines) => {
  expect(titleLines(title).lines).toEqual(lines)
})

test('every title of the catalogue is written whole, in either language', () => {
  const titles = films.flatMap(({ title, title_ru }) => [title, title_ru ?? title])
  expect(titles.filter((title) => titleLines(title).lines.join(' ') !== title)).toEqual([])
})
