import { expect, test } from 'vitest'
import type { EncoderInput, HostedEncoder } from '#models/_encoders/manifest.ts'
import { createHostedEncoder } from './hosted-encoder.ts'
import { startEmbeddingsApi } from './testing/embeddings-api.ts'

const manifest = (url: string): HostedEncoder => ({
  ...{ kind: 'hosted', name: 'hosted', model: 'some-model', url, dimensions: 2, languages: ['*'], maximumTokens: 512 },
  prefixes: { query: 'query: ', document: 'passage: ' },
})
const inputs: EncoderInput[] = [
  { text: 'a', purpose: 'query' },
  { text: 'bbb', purpose: 'document' },
]
const limits = { timeoutMs: 200, pauseMs: 1 }

test('vectors come in the order of the texts and of length 1, asked for with token, model and prefixes', async () => {
  await using api = await startEmbeddingsApi()
  const encodings = await createHostedEncoder(manifest(`${api.url}/`), 'secret', limits).encode(inputs)
  expect(api.questions).toEqual([
    {
      model: 'some-model',
      input: ['query: a', 'passage: bbb'],
      encoding_format: 'float',
      authorization: 'Bearer secret',
    },
  ])
  const expected = [8, 12].map((length) => [length / Math.hypot(length, 1), 1 / Math.hypot(length, 1)])
  expect(encodings.map(({ vector }) => vector)).toEqual(expected)
  expect(encodings.map(({ tokens }) => tokens)).toEqual([3.5, 3.5])
})

test('what is busy, broken or silent for a moment is asked again', async () => {
  await using api = await startEmbeddingsApi([429, 0])
  const encodings = await createHostedEncoder(manifest(api.url), undefined, limits).encode(inputs)
  expect(encodings).toHaveLength(2)
  expect(api.questions).toHaveLength(3)
  expect(api.questions[0]?.authorization).toBeUndefined()
})

test('what stays broken may succeed later; what is refused is asked once and its reason told', async () => {
  await using broken = await startEmbeddingsApi([500, 500, 500])
  const failing = createHostedEncoder(manifest(broken.url), 't', limits).encode(inputs)
  await expect(failing).rejects.toMatchObject({ retryable: true })
  expect(broken.questions).toHaveLength(3)

  await using refusing = await startEmbeddingsApi([401])
  const refused = createHostedEncoder(manifest(refusing.url), 't', limits).encode(inputs)
  await expect(refused).rejects.toMatchObject({ retryable: false, message: expect.stringContaining('401') })
  expect(refusing.questions).toHaveLength(1)
})

test('vectors of another size than the manifest says are refused', async () => {
  await using api = await startEmbeddingsApi()
  const encoder = createHostedEncoder({ ...manifest(api.url), dimensions: 3 }, 't', limits)
  await expect(encoder.encode(inputs)).rejects.toThrow('its manifest says 3')
})
