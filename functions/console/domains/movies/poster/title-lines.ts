export interface TitleLines {
  lines: string[]
  fontSize: number
}

/** Wide enough for the widest letters of both alphabets, in parts of the font's size. */
const LETTER = 0.7
const ROOM = 176
const SMALLEST = 13
const SIZES = [34, 30, 26, 23, 20, 17, 15, SMALLEST]

/** A title in as large letters as have room, in lines of whole words; what no letters are small enough for is cut. */
export function titleLines(title: string): TitleLines {
  for (const fontSize of SIZES) {
    const lines = wrap(title, Math.floor(ROOM / (fontSize * LETTER)))
    if (lines !== undefined && lines.length <= mostLines(fontSize)) return { lines, fontSize }
  }
  const letters = Math.floor(ROOM / (SMALLEST * LETTER))
  return { lines: [`${title.slice(0, letters - 1).trimEnd()}…`], fontSize: SMALLEST }
}

/** Large letters take so much of a poster that few lines of them may. */
function mostLines(fontSize: number): number {
  if (fontSize > 23) return 3
  return fontSize > SMALLEST ? 4 : 6
}

/** @returns undefined where a word is longer than a line */
function wrap(title: string, letters: number): string[] | undefined {
  const lines: string[] = []
  for (const word of title.split(/\s+/)) {
    if (word.length > letters) return undefined
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > letters) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}
