import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { givenEncoderFiles } from '#infra/encoders/testing/given-encoder.ts'
import { allMiniLm } from './all-minilm-l6-v2.ts'
import { fileKey } from './file-key.ts'
import golden from './testing/golden-tokens.json' with { type: 'json' }
import { createTokenizer } from './tokenizer.ts'

const file = await readFile(join(await givenEncoderFiles(), fileKey(allMiniLm.files.tokenizer)), 'utf8')
const tokenize = createTokenizer(file, allMiniLm.maximumTokens)

test('every nasty text has the token ids of the reference', () => {
  expect(golden.texts.length).toBeGreaterThan(200)
  for (const [text = '', ids] of golden.texts) expect(tokenize(text).join(' '), JSON.stringify(text)).toBe(ids)
})

test('every character of the first two planes is read as the reference reads it', () => {
  const digest = createHash('sha256')
  for (let start = 0; start < 0x20000; start += 64) {
    const codes = Array.from({ length: 64 }, (_, i) => start + i).filter((code) => code < 0xd800 || code > 0xdfff)
    digest.update(`${tokenize(codes.map((code) => `a${String.fromCodePoint(code)}b`).join(' ')).join()}\n`)
  }
  expect(digest.digest('hex')).toBe(golden.characters)
})

test('half a surrogate pair is read as the mark that stands for what cannot be read', () => {
  for (const half of ['\ud83d', '\udc00', 'a\udfffb', 'x\ud800'])
    expect(tokenize(half)).toEqual(tokenize(half.toWellFormed()))
})

test('a long text is cut, and ends as every text does', () => {
  const ids = tokenize('word '.repeat(1_000))
  expect(ids).toHaveLength(256)
  expect([ids[0], ids[1], ids[254], ids[255]]).toEqual([101, 2773, 2773, 102])
  expect(tokenize('')).toEqual([101, 102])
})
