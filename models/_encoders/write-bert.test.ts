import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { ModelError } from '../_runtime/model-error.ts'
import { nodeOrt } from '../_runtime/ort-node.ts'
import { createOnnxEncoder } from './onnx-encoder.ts'
import { readSafetensors } from './read-safetensors.ts'
import { smallBert, smallManifest, smallShape } from './testing/small-bert.ts'
import { createTurns } from './turns.ts'
import { writeBert } from './write-bert.ts'

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

test('the same weights give the same bytes; others give others', () => {
  const [first, second, other] = [1, 1, 2].map((seed) => writeBert(smallBert(seed), smallShape, 'w.bin'))
  expect(first).toEqual(second)
  expect(hashOf(first?.weights ?? new Uint8Array())).not.toBe(hashOf(other?.weights ?? new Uint8Array()))
})

test('weights of another model are refused by what they lack, and what are no weights too', () => {
  expect(() => writeBert(smallBert(1), { ...smallShape, layers: 3 }, 'w.bin')).toThrow('encoder.layer.2')
  expect(() => readSafetensors(new Uint8Array(100))).toThrow()
})

test('neighbours in a batch and what fills up a shorter text change nothing', async () => {
  const ort = await nodeOrt()
  const { graph, weights } = writeBert(smallBert(1), smallShape, 'w.bin')
  const session = await ort.InferenceSession.create(graph, { externalData: [{ path: 'w.bin', data: weights }] })
  const run = async (ids: bigint[], mask: bigint[], rows: number) => {
    const tensor = (values: bigint[]) => new ort.Tensor('int64', BigInt64Array.from(values), [rows, ids.length / rows])
    const outputs = await session.run({ input_ids: tensor(ids), attention_mask: tensor(mask) })
    return Array.from(outputs.sentence_embedding?.data as Float32Array)
  }
  const alone = await run([1n, 5n, 2n], [1n, 1n, 1n], 1)
  const together = await run([1n, 5n, 2n, 0n, 1n, 7n, 8n, 2n], [1n, 1n, 1n, 0n, 1n, 1n, 1n, 1n], 2)
  for (const [i, value] of alone.entries()) expect(together[i]).toBeCloseTo(value, 6)
  expect(Math.hypot(...alone)).toBeCloseTo(1, 6)
  await session.release()
})

test('a file with another hash is never used', async () => {
  const { manifest, load } = await smallManifest()
  const surroundings = { ort: nodeOrt, turns: createTurns(1_000) }
  const encoder = await createOnnxEncoder(manifest, { ...surroundings, load })
  const [encoding] = await encoder.encode([{ text: 'a b', purpose: 'query' }])
  expect(encoding).toMatchObject({ tokens: 4, vector: { length: 16 } })

  for (const part of ['graph', 'weights', 'tokenizer'] as const) {
    const damaged = async (file: { name: string }) => {
      const bytes = await load(file)
      if (file.name === manifest.files[part].name) bytes[bytes.length - 1] = 255 - (bytes.at(-1) ?? 0)
      return bytes
    }
    await expect(createOnnxEncoder(manifest, { ...surroundings, load: damaged })).rejects.toThrow(ModelError)
  }
})
