import { createRandom, type Random } from '#models/_learn/random.ts'
import { genreNames } from '#models/movies/genre-names.ts'
import type { FilmRecord } from '../read-film-records.ts'

const heroes =
  'a retired detective|two sisters|a shy librarian|an old sailor|a young pilot|a disgraced surgeon|twin brothers'
const deeds = 'searches for|steals|loses|inherits|must protect|falls in love with|is hunted by|builds|betrays|dreams of'
const things = 'a lost letter|the last train|a haunted lighthouse|a stolen painting|an army of machines|a silent child'
const places =
  'a mining town|occupied Paris|the desert|a space station|a boarding school|the frozen north|a crowded harbour'
const turns = 'until the river rises|while the war comes nearer|before the winter is over|as old friends turn away'
const moods =
  'Slow and tender|Loud, quick and funny|Bleak, with a glimmer of hope|Tense to the last minute|Strange and beautiful'
const nouns = 'Harbour|Winter|Mirror|Garden|Engine|Crown|River|Letter|Shadow|Orchard|Signal|Voyage|Lantern|Border'
const adjectives = 'Silent|Last|Crooked|Golden|Hidden|Second|Broken|Distant|Burning|Quiet|Wild|Borrowed'

const pick = (words: string, random: Random) => {
  const choices = words.split('|')
  return choices[random.integer(choices.length)] ?? ''
}

/** Films for benchmarks: as long as real ones, in English, each with its own title. The same seed gives the same films. */
export function syntheticFilms(count: number, seed: number): FilmRecord[] {
  const random = createRandom(seed)
  return Array.from({ length: count }, (_, i) => ({
    title: `The ${pick(adjectives, random)} ${pick(nouns, random)} ${seed}-${i}`,
    title_ru: null,
    description: [plot(random), plot(random), plot(random), `${pick(moods, random)}.`].join(' '),
    description_ru: null,
    year: 1920 + random.integer(105),
    genres: [...new Set([genreNames[random.integer(20)] ?? 'Drama', genreNames[random.integer(20)] ?? 'Drama'])],
  }))
}

function plot(random: Random): string {
  const hero = pick(heroes, random)
  const sentence = `${hero} ${pick(deeds, random)} ${pick(things, random)} in ${pick(places, random)} ${pick(turns, random)}.`
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
