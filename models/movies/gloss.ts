import { stemmer } from '@orama/stemmers/russian'
import glosses from './glosses.json' with { type: 'json' }
import { russianStopWords } from './stop-words.ts'

export type Language = 'en' | 'ru'

/** How many English words stand for one Russian word: measured on the development queries, see docs/movies.md. */
const glossesPerWord = 2
/** A word's beginning must be this long to say what the word means. */
const shortestBeginning = 4
/** Endings beyond what the stemmer knows: diminutives, participles. */
const longestEnding = 4

const cyrillic = /\p{Script=Cyrillic}/u
const words = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu

/** A text with a Cyrillic word in it is Russian: its other words are names, which every language reads. */
export function languageOf(text: string): Language {
  return cyrillic.test(text) ? 'ru' : 'en'
}

/**
 * Turns the Russian words of a text into English ones, word by word, for encoders that read English alone. Order and
 * grammar are lost; what the text is about is not. Words that nobody listed are taken for names, and transliterated.
 */
export function gloss(text: string): string {
  return (text.normalize('NFC').match(words) ?? []).flatMap(glossWord).join(' ')
}

function glossWord(word: string): string[] {
  if (!cyrillic.test(word)) return [word]
  const plain = fold(word)
  if (russianStopWords.has(plain)) return []
  const found = lookUp(plain) ?? (plain.includes('-') ? plain.split('-').flatMap(glossWord) : undefined)
  return found?.slice(0, glossesPerWord) ?? [transliterate(word)]
}

/** By the word's stem, else by as much of its beginning as is listed, else by what is listed and begins so. */
function lookUp(word: string): readonly string[] | undefined {
  const { byStem, stems } = index()
  const stem = stemmer(word)
  const shortest = Math.max(shortestBeginning, stem.length - longestEnding)
  for (let length = stem.length; length >= Math.min(shortest, stem.length); length--) {
    const found = byStem.get(stem.slice(0, length))
    if (found) return found
  }
  if (stem.length <= shortestBeginning) return undefined
  const longer = stems.find(
    (candidate) => candidate.startsWith(stem) && candidate.length <= stem.length + longestEnding,
  )
  return longer === undefined ? undefined : byStem.get(longer)
}

let made: { byStem: ReadonlyMap<string, readonly string[]>; stems: readonly string[] } | undefined

/** Made when the first Russian text comes: most isolates never see one. */
function index() {
  made ??= makeIndex()
  return made
}

function makeIndex() {
  const byStem = new Map<string, readonly string[]>()
  for (const [forms, english] of Object.entries(glosses)) {
    for (const form of forms.split('|')) {
      const stem = stemmer(fold(form))
      if (!byStem.has(stem)) byStem.set(stem, english.split(', '))
    }
  }
  return { byStem, stems: [...byStem.keys()].sort((a, b) => a.length - b.length) }
}

function fold(word: string): string {
  return word.toLowerCase().replaceAll('ё', 'е')
}

const latin: Readonly<Record<string, string>> = {
  ...{ а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'yo', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l' },
  ...{ м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh' },
  ...{ щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya' },
}

/** As names are usually written in English. */
export function transliterate(text: string): string {
  return Array.from(text.toLowerCase(), (letter) => latin[letter] ?? letter).join('')
}
