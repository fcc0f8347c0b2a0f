import { expect, test } from 'vitest'
import { chunksOf, readImport, UnreadableFile } from './read-import.ts'

const film = { title: 'Metropolis', year: 1927, genres: ['Drama'], description: 'A city of towers.' }

test('good films are told from records that are none, each with its place in the file', async () => {
  const records = [film, { title: 'Nothing else' }, 7, { ...film, title: 'Solaris', year: '1972' }]
  const { films, rejected } = await readImport(JSON.stringify(records))
  expect(films.map(({ index, title, year }) => [index, title, year])).toEqual([
    [0, 'Metropolis', 1927],
    [3, 'Solaris', 1972],
  ])
  expect(films[1]?.source).toEqual(records[3])
  expect(rejected.map(({ index }) => index)).toEqual([1, 2])
  expect(rejected[0]?.reason).toContain('year')
})

test('a file that begins with a byte order mark is read, too', async () => {
  expect((await readImport(`\uFEFF${JSON.stringify([film])}`)).films).toHaveLength(1)
})

test.each([
  ['', 'nothing'],
  ['[]', 'nothing'],
  ['[{"title":', 'not_json'],
  ['{"title":"Metropolis"}', 'not_a_list'],
])('%j is no file of films: %s', async (text, reason) => {
  await expect(readImport(text)).rejects.toEqual(new UnreadableFile(reason as 'nothing'))
})

test('films go in parts that one call takes, none twice and none left out', () => {
  expect(chunksOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]])
  expect(chunksOf([], 2)).toEqual([])
})
