import { askingWords } from './stop-words.ts'

/** What a query says besides its meaning. */
export interface Query {
  /** In the order written, folded, without words with which people ask for any film. */
  words: string[]
  /** What stands in quotation marks. */
  quotes: string[]
  /** What could be a title: the query without asking words around it, with and without a year at its end. */
  titles: string[]
  /** A year that is named, when it may be one of a film. */
  year: number | null
}

const quoted = /["“”„«»]([^"“”„«»]{2,200})["“”„«»]/gu
const yearAtEnd = /[\s,(]+((?:18|19|20)\d\d)\)?$/

export function readQuery(text: string): Query {
  const quotes = Array.from(text.matchAll(quoted), ([, inside = '']) => inside.trim())
  const year = yearAtEnd.exec(text.trim())?.[1]
  const words = wordsOf(text)
  const said = words.filter((word) => !askingWords.has(word))
  return {
    words: said.length > 0 ? said : words,
    quotes,
    titles: [...(year === undefined ? [] : [text.trim().replace(yearAtEnd, '')]), text].map((part) =>
      titleIn(wordsOf(part)),
    ),
    year: year === undefined ? null : Number(year),
  }
}

/** "film jaws", "a movie called Jaws": only the words around it are left out, since titles have such words in them. */
function titleIn(words: readonly string[]): string {
  const kinds = /^(film|movie|called|named|фильм|фильма|кино|кинофильм|мультфильм|называется|под|названием)$/
  const first = words.findIndex(
    (word, i) => !(kinds.test(word) || (i === 0 && /^(a|the)$/.test(word) && kinds.test(words[1] ?? ''))),
  )
  const last = words.findLastIndex((word) => !kinds.test(word))
  return first < 0 ? words.join(' ') : words.slice(first, last + 1).join(' ')
}

/** Letters and digits in lower case, without accents; ё as е. */
export function fold(text: string): string {
  return wordsOf(text).join(' ')
}

export function wordsOf(text: string): string[] {
  const plain = text
    .toLowerCase()
    .normalize('NFD')
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .normalize('NFC')
  return (
    plain
      .replaceAll('ё', 'е')
      .replace(/['’]/g, '')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}
