import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { givenEncoder, givenEncoderFiles } from '#infra/encoders/testing/given-encoder.ts'
import { findPython } from '../_runtime/testing/python.ts'
import { allMiniLm } from './all-minilm-l6-v2.ts'
import { fileKey } from './file-key.ts'
import { createTokenizer } from './tokenizer.ts'

const python = await findPython()
const { graph, weights, tokenizer } = allMiniLm.files
const texts = ['a', 'a dark comedy about two sisters in rainy London', 'Фильм про робота. '.repeat(10)]

test.skipIf(python === undefined)("Python's onnxruntime gives the same vectors from the same files", async () => {
  const files = await givenEncoderFiles()
  const folder = mkdtempSync(join(tmpdir(), 'auspex-encoder-'))
  try {
    for (const file of [graph, weights]) cpSync(join(files, fileKey(file)), join(folder, file.name))
    const tokenize = createTokenizer(readFileSync(join(files, fileKey(tokenizer)), 'utf8'), allMiniLm.maximumTokens)
    const script = join(import.meta.dirname, 'testing/run_encoder.py')
    const input = JSON.stringify(texts.map(tokenize))
    const there = z
      .array(z.array(z.number()))
      .parse(JSON.parse(execFileSync(python ?? '', [script, join(folder, graph.name)], { input, encoding: 'utf8' })))
    const here = await (await givenEncoder()).encode(texts.map((text) => ({ text, purpose: 'query' })))
    for (const [i, { vector }] of here.entries()) {
      const cosine = Array.from(vector).reduce((sum, value, j) => sum + value * (there[i]?.[j] ?? 0), 0)
      expect(cosine).toBeGreaterThan(0.998) // where a number lies between two integers, the last bit decides
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})
