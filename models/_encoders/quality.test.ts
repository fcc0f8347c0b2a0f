import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { givenEncoder } from '#infra/encoders/testing/given-encoder.ts'
import golden from './testing/golden-vectors.json' with { type: 'json' }

const texts = readFileSync(new URL('testing/sentences.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n')
const bytes = Uint8Array.from(Buffer.from(golden.vectors, 'base64'))
const reference = Float64Array.from(new Int16Array(bytes.buffer), (value) => value * golden.unit)
const encoder = await givenEncoder()

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)

test('vectors in 8 bits are those of the original model in 32: mean cosine above 0.998, none below 0.99', async () => {
  const encodings = await encoder.encode(texts.map((text) => ({ text, purpose: 'document' })))
  expect(texts.length).toBeGreaterThanOrEqual(100)
  const cosines = encodings.map(({ vector }, i) => dot(vector, reference.subarray(i * 384, (i + 1) * 384)))
  const mean = cosines.reduce((sum, value) => sum + value, 0) / cosines.length
  expect(mean).toBeGreaterThan(0.998)
  expect(Math.min(...cosines)).toBeGreaterThan(0.99)
  for (const { vector } of encodings) expect(dot(vector, vector)).toBeCloseTo(1, 5)
})

test('a text has one vector, bit for bit, whatever is encoded beside it and whatever it is for', async () => {
  const [alone] = await encoder.encode([{ text: texts[0] ?? '', purpose: 'query' }])
  const together = await Promise.all(
    [texts.slice(0, 3), texts.slice(0, 1)].map((some) =>
      encoder.encode(some.map((text) => ({ text, purpose: 'document' as const }))),
    ),
  )
  for (const [first] of together) expect(first?.vector).toEqual(alone?.vector)
})
