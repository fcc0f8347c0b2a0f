const plain = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i
/** Spaces that spreadsheets write between thousands. */
const thinSpaces = /[\u00a0\u202f]/g

/**
 * Reads a number as people write it.
 *
 * @param decimalComma is `12,5` a number, too? Only where a comma cannot mean thousands
 * @returns undefined where the text is none
 */
export function readNumber(text: string, decimalComma: boolean): number | undefined {
  const bare = text.trim().replace(thinSpaces, '')
  const pointed = decimalComma && !bare.includes('.') ? bare.replace(',', '.') : bare
  return plain.test(pointed) ? Number(pointed) : undefined
}
