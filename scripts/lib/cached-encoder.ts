import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Encoders } from '#functions/encode/encoders.ts'
import { encodersFolder } from '#infra/encoders/build-encoders.ts'
import { allMiniLm } from '#models/_encoders/all-minilm-l6-v2.ts'
import { describeEncoder } from '#models/_encoders/describe-encoder.ts'
import { fileKey } from '#models/_encoders/file-key.ts'
import type { EncoderInput } from '#models/_encoders/manifest.ts'
import { createOnnxEncoder } from '#models/_encoders/onnx-encoder.ts'
import type { RunningEncoder } from '#models/_encoders/running-encoder.ts'
import { createTurns } from '#models/_encoders/turns.ts'
import { nodeOrt } from '#models/_runtime/ort-node.ts'

const cacheFolder = join(import.meta.dirname, '../../.cache/evaluation')

/** The built-in encoder in this process; what it has read once it remembers from run to run. `save` keeps it. */
export async function openCachedEncoder(): Promise<Encoders & { save(): Promise<void> }> {
  const description = await describeEncoder(allMiniLm)
  const path = join(cacheFolder, `${description.id}.json`)
  const known = new Map<string, string>(
    Object.entries(JSON.parse(await readFile(path, 'utf8').catch(() => '{}')) as Record<string, string>),
  )
  let running: Promise<RunningEncoder> | undefined

  async function encodeOne(input: EncoderInput): Promise<number[]> {
    const found = known.get(input.text)
    if (found !== undefined) return Array.from(new Float32Array(Uint8Array.from(Buffer.from(found, 'base64')).buffer))
    running ??= startEncoder()
    const [encoding] = await (await running).encode([input])
    const vector = Float32Array.from(encoding?.vector ?? [])
    known.set(input.text, Buffer.from(vector.buffer).toString('base64'))
    return Array.from(vector)
  }

  return {
    list: async () => [description],
    async encode(_id, inputs) {
      const vectors: number[][] = []
      for (const input of inputs) vectors.push(await encodeOne(input))
      return vectors
    },
    async save() {
      await mkdir(cacheFolder, { recursive: true })
      await writeFile(path, JSON.stringify(Object.fromEntries(known)))
    },
  }
}

function startEncoder(): Promise<RunningEncoder> {
  const load = async (file: Parameters<typeof fileKey>[0]) => {
    const bytes = await readFile(join(encodersFolder, fileKey(file)))
    return new Uint8Array(bytes)
  }
  return createOnnxEncoder(allMiniLm, { load, ort: nodeOrt, turns: createTurns(600_000) })
}
