import { spellingLikeness } from './edit-distance.ts'
import { fold, type Query, wordsOf } from './read-query.ts'

/** A film that a search has to place. */
export interface Candidate {
  title: string
  titleRu: string | null
  description: string
  descriptionRu: string | null
  year: number
  /** Of the query's vector and the film's nearest one; -1 to 1. */
  cosine: number
  /** Stems of the query that the film's texts have. */
  matched: readonly string[]
  /** Whether its texts have what is quoted, or else the whole query, word after word (stems). */
  hasPhrase: boolean
}

/** In how many films each stem of a query is; 101 for more than 100. */
export type Frequencies = ReadonlyMap<string, number>

/** Evidence of words that decides by itself; the stronger, the further up. */
export interface Evidence {
  kind: 'title' | 'quote' | 'words'
  detail: string
  terms?: string[] | undefined
  /** Compared first; then `strength`, 0 to 1. */
  tier: number
  strength: number
}

/** What overrules what. */
const tiers = { title: 5, quote: 4, nearTitle: 3, sequence: 2, name: 1, words: 1 }
/** A title that is spelt so much like the query is meant by it. */
const sureSpelling = 0.72
/** A part of a title that is known by itself has so many letters. */
const shortestPart = 5
/** A word that so few films have names one of them. */
const rareIn = 3
/** How rare a word is, is measured against so many films. */
const typicalCatalogue = 500
/** A query of so few words says nothing that the words do not say. */
const fewWords = 4

/** What a film's words say for it, if it is enough to overrule meaning; undefined where meaning has to decide. */
export function evidenceFor(film: Candidate, query: Query, frequencies: Frequencies): Evidence | undefined {
  return titleEvidence(film, query, frequencies) ?? quoteEvidence(film, query) ?? wordEvidence(film, query, frequencies)
}

function titleEvidence(film: Candidate, query: Query, frequencies: Frequencies): Evidence | undefined {
  const sameYear = query.year === film.year ? 0.01 : 0
  const asked = query.titles.map(withoutArticle)
  // "Mirror Tarkovsky": a word that no film has cannot speak for another one.
  const known = asked.map((text) => withoutArticle(knownWords(text, frequencies)))
  for (const title of [film.title, film.titleRu]) {
    if (title === null) continue
    const likeness = Math.max(...asked.map((text) => titleLikeness(text, title)))
    const isWithMore = known.some((text) => titleLikeness(text, title) === 1)
    if (likeness < sureSpelling && !isWithMore) continue
    const isWhole = likeness === 1
    const strength = Math.max(likeness, sureSpelling) + sameYear
    const detail = isWhole || isWithMore ? 'the title' : 'nearly the title'
    return { kind: 'title', detail, terms: [title], tier: isWhole ? tiers.title : tiers.nearTitle, strength }
  }
  return undefined
}

const withoutArticle = (text: string) => text.replace(/^(?:the|a|an) /, '')

function knownWords(text: string, frequencies: Frequencies): string {
  const unknown = [...frequencies].filter(([, films]) => films === 0).map(([stem]) => beginningOf(stem))
  return text
    .split(' ')
    .filter((word) => !unknown.some((stem) => word.startsWith(stem)))
    .join(' ')
}

/** Of the whole title, or nearly that of a part of it that stands by itself. */
function titleLikeness(asked: string, title: string): number {
  if (asked.length < 2) return 0
  const whole = withoutArticle(fold(title))
  const parts = title.split(/[:,.(—–]\s*/).map((part) => withoutArticle(fold(part)))
  const likenesses = parts
    .filter((part) => part.length >= shortestPart && part !== whole)
    .map((part) => spellingLikeness(asked, part) - 0.01)
  return Math.max(spellingLikeness(asked, whole), ...likenesses)
}

function quoteEvidence(film: Candidate, { quotes, words }: Query): Evidence | undefined {
  if (!film.hasPhrase) return undefined
  const texts = [film.title, film.titleRu, film.description, film.descriptionRu].map((text) => ` ${fold(text ?? '')} `)
  const literal = quotes.filter((quote) => texts.some((text) => text.includes(` ${fold(quote)} `)))
  if (literal.length > 0)
    return { kind: 'quote', detail: 'has what you quote', terms: literal, tier: tiers.quote, strength: 1 }
  if (quotes.length > 0 || words.length < 3) return undefined
  return {
    kind: 'quote',
    detail: 'has these words, one after another',
    terms: words,
    tier: tiers.sequence,
    strength: 1,
  }
}

/** Short queries only: among many words some are rare by chance. */
function wordEvidence(film: Candidate, query: Query, frequencies: Frequencies): Evidence | undefined {
  if (query.words.length > fewWords) return undefined
  const rare = film.matched.filter((stem) => (frequencies.get(stem) ?? 0) <= rareIn)
  if (rare.length === 0) return undefined
  const strength = coverage(film, frequencies)
  const names = rare.filter((stem) => isName(stem, film))
  if (names.length > 0)
    return { kind: 'words', detail: 'has this name', terms: asWritten(names, query), tier: tiers.name, strength }
  if (film.matched.length < [...frequencies.values()].filter((films) => films > 0).length) return undefined
  return {
    kind: 'words',
    detail: 'has all these words',
    terms: asWritten(film.matched, query),
    tier: tiers.words,
    strength,
  }
}

/** Of what a query's words say, rare ones much more than common ones, the share that a film has: 0 to 1. */
export function coverage({ matched }: Pick<Candidate, 'matched'>, frequencies: Frequencies): number {
  const rarity = (stem: string) => Math.log(1 + typicalCatalogue / Math.max(1, frequencies.get(stem) ?? 1)) ** 2
  const all = sum([...frequencies.keys()].map(rarity))
  return all === 0 ? 0 : sum(matched.map(rarity)) / all
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)

/** Whether a stem is a name where the film's texts have it: always with a capital, and once within a sentence. */
export function isName(stem: string, { title, titleRu, description, descriptionRu }: Candidate): boolean {
  const beginning = beginningOf(stem)
  let isWithin = false
  for (const text of [title, titleRu, description, descriptionRu]) {
    for (const { 0: word, index } of (text ?? '').matchAll(/[\p{L}\p{N}]+/gu)) {
      if (!wordsOf(word)[0]?.startsWith(beginning)) continue
      if (!/^\p{Lu}/u.test(word)) return false
      if (index > 0 && !/[.!?…]["»”)]?\s+["«“(]?$/.test(text?.slice(0, index) ?? '')) isWithin = true
    }
  }
  return isWithin
}

/** The words of a query that have these stems, as people know them; a stem by itself where none is like it. */
export function asWritten(stems: readonly string[], { words }: Pick<Query, 'words'>): string[] {
  const wordOf = (stem: string) => words.find((word) => word.startsWith(beginningOf(stem))) ?? stem
  return [...new Set(stems.map(wordOf))]
}

/** Stemmers change the last letter of some words: `happi`. */
function beginningOf(stem: string): string {
  return stem.length > 3 ? stem.slice(0, -1) : stem
}
