import { Tokenizer } from '@huggingface/tokenizers'
import { z } from 'zod'
import { asReferenceReads } from './reference-characters.ts'

/** The part of a `tokenizer.json` that is changed here; the rest is the library's. */
const TokenizerFile = z.looseObject({ truncation: z.unknown(), padding: z.unknown() })

/** Turns a text into the ids of its tokens, those that begin and end a text included. */
export type Tokenize = (text: string) => number[]

/**
 * A tokenizer that gives the ids of the reference implementation (Rust `tokenizers`), for every text.
 *
 * @param file the text of a `tokenizer.json`
 * @param maximumTokens what is longer is cut, and keeps its last token, which ends every text
 */
export function createTokenizer(file: string, maximumTokens: number): Tokenize {
  // Some files say that short texts are to be filled up: vectors would not change, but time would be lost.
  const config = { ...TokenizerFile.parse(JSON.parse(file)), truncation: null, padding: null }
  const tokenizer = new Tokenizer(config, {})
  return (text) => {
    const { ids } = tokenizer.encode(asReferenceReads(text))
    return ids.length > maximumTokens ? [...ids.slice(0, maximumTokens - 1), ...ids.slice(-1)] : ids
  }
}
