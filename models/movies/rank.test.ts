import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diversify } from './diversify.ts'
import { editDistance } from './edit-distance.ts'
import type { Candidate } from './evidence.ts'
import { gloss, languageOf } from './gloss.ts'
import { rank } from './rank.ts'
import { readQuery } from './read-query.ts'

const film = (title: string, change: Partial<Candidate> = {}): Candidate => ({
  title,
  titleRu: null,
  description: 'Somebody does something.',
  descriptionRu: null,
  year: 2000,
  cosine: 0,
  matched: [],
  hasPhrase: false,
  ...change,
})
const titlesOf = (films: Candidate[], query: string, frequencies: Record<string, number> = {}) =>
  rank(films, readQuery(query), new Map(Object.entries(frequencies)), 10).map((ranked) => ranked.film.title)

describe('the order of films', () => {
  test('is that of meaning where words say nothing', () =>
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 }), (cosines) => {
        const films = cosines.map((cosine, i) => film(`Untold number ${i}`, { cosine }))
        const ranked = rank(films, readQuery('a lonely keeper meets the sea'), new Map([['keeper', 101]]), 20)
        expect(ranked.map(({ film: { cosine } }) => cosine)).toEqual(cosines.toSorted((a, b) => b - a))
      }),
    ))

  test('is explained by words as they were asked for, not by their stems', () => {
    const matched = ['happi', 'собак']
    const [found] = rank([film('Untold', { matched })], readQuery('happy собаки'), new Map([['happi', 1]]), 1)
    expect(found?.why.terms).toEqual(['happy', 'собаки'])
  })

  test('has scores from 0 to 1 that never rise', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.boolean(), fc.boolean()), { maxLength: 20 }),
        (drawn) => {
          const films = drawn.map(([cosine, hasPhrase, has], i) =>
            film(i === 3 ? 'Jaws' : `Untold ${i}`, { cosine, hasPhrase, matched: has ? ['jaw'] : [] }),
          )
          const scores = rank(films, readQuery('jaws'), new Map([['jaw', 2]]), 20).map(({ score }) => score)
          expect(scores).toEqual(scores.toSorted((a, b) => b - a))
          expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true)
        },
      ),
    ))

  test.each([
    ['Jaws', 'film jaws'],
    ['Trainspotting', 'transpoting'],
    ['The Witch', 'the witch 2015'],
    ['Blade of 2049', 'blad of 2049'],
  ])('begins with %s for “%s”, whatever is nearer in meaning', (title, query) => {
    expect(titlesOf([film('Far from it', { cosine: 0.9 }), film(title, { cosine: 0.1 })], query)[0]).toBe(title)
  })

  test('begins with the film that has a name, or what is quoted', () => {
    const named = film('Named', { description: 'One day Begbie comes.', matched: ['begbi'] })
    expect(titlesOf([film('Near', { cosine: 0.9 }), named], 'begbie', { begbi: 1 })[0]).toBe('Named')
    const quoted = film('Quoted', { description: 'There are yellow barrels at sea.', hasPhrase: true })
    expect(titlesOf([film('Near', { cosine: 0.9 }), quoted], 'the one with "yellow barrels"')[0]).toBe('Quoted')
  })

  test('takes no notice of one rare word among many', () => {
    const frequencies = { keeper: 1, lone: 50, sea: 40, storm: 20, girl: 90, letter: 30 }
    const worded = film('Worded', { cosine: 0.3, matched: ['keeper'] })
    expect(titlesOf([worded, film('Near', { cosine: 0.5 })], 'lone girl letter sea storm keeper', frequencies)[0]).toBe(
      'Near',
    )
  })
})

test('words are compared letter by letter: one that is swapped counts once', () => {
  expect(editDistance('theives', 'thieves')).toBe(1)
  expect(editDistance('', 'abc')).toBe(3)
  fc.assert(fc.property(fc.string(), fc.string(), (a, b) => editDistance(a, b) === editDistance(b, a)))
})

test('what is chosen for variety is chosen once, the most relevant first', () =>
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }),
      (items) => {
        const chosen = diversify({ items, relevance: (item) => item, likeness: (a, b) => 1 - Math.abs(a - b) }, 5)
        expect(new Set(chosen).size).toBe(Math.min(5, items.length))
        expect(chosen[0]).toBe(Math.max(...items))
      },
    ),
  ))

describe('Russian in English words', () => {
  test.each([
    ['мальчик потерял семью на тонущем корабле', 'boy lost family sink ship'],
    ['странная страна', 'strange country'],
    ['они полюбили друг друга', 'love'],
    ['Барбенфуйи', 'barbenfuyi'],
    ['фильм Alien', 'film Alien'],
  ])('%s: %s', (russian, english) => expect(gloss(russian)).toBe(english))

  test('leaves English as it is', () => expect(gloss("A boy's ship, 1912")).toBe("A boy's ship 1912"))
  test('is told by its letters', () =>
    expect(['Чужой', 'Alien', 'фильм Alien'].map(languageOf)).toEqual(['ru', 'en', 'ru']))
})
