import { stemmer } from '@orama/stemmers/russian'
import glosses from './glosses.json' with { type: 'json' }
import { russianStopWords } from './stop-words.ts'

export type Language = 'en' | 'ru'

/** A word's beginning must be this long to say what the word means. */
const shortestBeginning = 4
/** Endings beyond what the stemmer knows: diminutives, participles. */
const longestEnding = 4

const cyrillic = /\p{Script=Cyrillic}/u
const words = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu
/** "Each other", which has nothing to do with friends. */
const eachOther = /(?<!\p{L})друг(?:\s+(?:с|к|о|на|за|у|от|без|из|для))?\s+друг(?:а|у|ом|е)(?!\p{L})/giu

/** A text with a Cyrillic word in it is Russian: its other words are names, which every language reads. */
export function languageOf(text: string): Language {
  return cyrillic.test(text) ? 'ru' : 'en'
}

/**
 * Turns the Russian words of a text into English ones, word by word, for encoders that read English alone. Order and
 * grammar are lost; what the text is about is not. Words that nobody listed are taken for names, and transliterated.
 */
export function gloss(text: string): string {
  const plain = text.normalize('NFC').replace(eachOther, ' ')
  return (plain.match(words) ?? []).flatMap(glossWord).join(' ')
}

function glossWord(word: string): string[] {
  if (!cyrillic.test(word)) return [word]
  const plain = fold(word)
  if (russianStopWords.has(plain)) return []
  if (plain.includes('-')) return lookUpWhole(plain) ?? plain.split('-').flatMap(glossWord)
  return lookUpWhole(plain) ?? lookUpBeginning(plain) ?? [transliterate(word)]
}

/** By the very form, else by its stem; of words with one stem, the one of the same part of speech. */
function lookUpWhole(word: string): string[] | undefined {
  const { byForm, byStem } = index()
  const form = byForm.get(word)
  if (form !== undefined) return [form]
  const entries = byStem.get(stemmer(word))
  const entry = entries?.find(({ part }) => part === partOfSpeech(word)) ?? entries?.[0]
  return entry && [entry.english]
}

/** By as much of its beginning as is listed, else by what is listed and begins so. */
function lookUpBeginning(word: string): string[] | undefined {
  const { byStem, stems } = index()
  const stem = stemmer(word)
  const shortest = Math.max(shortestBeginning, stem.length - longestEnding)
  for (let length = stem.length - 1; length >= shortest; length--) {
    const entry = byStem.get(stem.slice(0, length))?.[0]
    if (entry) return [entry.english]
  }
  if (stem.length <= shortestBeginning) return undefined
  const longer = stems.find((other) => other.startsWith(stem) && other.length <= stem.length + longestEnding)
  const entry = longer === undefined ? undefined : byStem.get(longer)?.[0]
  return entry && [entry.english]
}

type Part = 'verb' | 'adjective' | 'noun'

interface Entry {
  part: Part
  english: string
}

interface Index {
  byForm: ReadonlyMap<string, string>
  byStem: ReadonlyMap<string, Entry[]>
  stems: readonly string[]
}

let made: Index | undefined

/** Made when the first Russian text comes: most isolates never see one. */
function index(): Index {
  made ??= makeIndex()
  return made
}

function makeIndex(): Index {
  const byForm = new Map<string, string>()
  const byStem = new Map<string, Entry[]>()
  for (const [forms, english] of Object.entries(glosses)) {
    for (const form of forms.split('|').map(fold)) {
      if (!byForm.has(form)) byForm.set(form, english)
      const stem = stemmer(form)
      byStem.set(stem, [...(byStem.get(stem) ?? []), { part: partOfSpeech(form), english }])
    }
  }
  return { byForm, byStem, stems: [...byStem.keys()].sort((a, b) => a.length - b.length) }
}

const verbEnding = /(?:ть|ти|чь|[еиуюая]т|[лй]|л[аои]|ешь|ишь)(?:с[яь])?$/
const adjectiveEnding = /(?:[ыио]й|[ая]я|[ое]е|[ыи]е|[ое]го|[ое]му|[ую]ю|[ыи]м|[ыи]х|[ыи]ми)$/

/** A guess by the ending: enough to tell `странная` (strange) from `страна` (country). */
function partOfSpeech(word: string): Part {
  if (adjectiveEnding.test(word)) return 'adjective'
  return verbEnding.test(word) ? 'verb' : 'noun'
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
