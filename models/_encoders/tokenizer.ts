import { Tokenizer } from '@huggingface/tokenizers'
import { z } from 'zod'

/** The part of a `tokenizer.json` that is changed here; the rest is the library's. */
const TokenizerFile = z.looseObject({ truncation: z.unknown(), padding: z.unknown() })

/** Turns a text into the ids of its tokens, those that begin and end a text included. */
export type Tokenize = (text: string) => number[]

/** The ideographs that lie beyond 16 bits: the library takes them for halves. */
const highIdeographs =
  /[\u{20000}-\u{2a6df}\u{2a700}-\u{2b73f}\u{2b740}-\u{2b81f}\u{2b820}-\u{2ceaf}\u{2f800}-\u{2fa1f}]/gu

/**
 * A tokenizer that gives the ids of the reference implementation (Rust `tokenizers`), which differs from JavaScript's in
 * two ways that are evened out before.
 *
 * @param file the text of a `tokenizer.json`
 * @param maximumTokens what is longer is cut, and keeps its last token, which ends every text
 */
export function createTokenizer(file: string, maximumTokens: number): Tokenize {
  // Some files say that short texts are to be filled up: vectors would not change, but time would be lost.
  const config = { ...TokenizerFile.parse(JSON.parse(file)), truncation: null, padding: null }
  const tokenizer = new Tokenizer(config, {})
  return (text) => {
    // JavaScript writes the last sigma of a word in another way; Rust goes letter by letter.
    const ids = tokenizer.encode(text.replace(highIdeographs, ' $& ').replaceAll('Σ', 'σ')).ids
    return ids.length > maximumTokens ? [...ids.slice(0, maximumTokens - 1), ...ids.slice(-1)] : ids
  }
}
