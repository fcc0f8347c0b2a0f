import type { InferenceSession } from 'onnxruntime-web/wasm'
import { ModelError } from '../_runtime/model-error.ts'
import type { Ort, OrtProvider } from '../_runtime/ort-backend.ts'
import { sha256Hex } from '../_runtime/sha256.ts'
import type { EncoderFile, EncoderInput, OnnxEncoder } from './manifest.ts'
import type { Encoding, RunningEncoder } from './running-encoder.ts'
import { createTokenizer } from './tokenizer.ts'
import type { Turns } from './turns.ts'

/** Gives a file's bytes, which are nobody else's: they are let go of when the encoder is made. */
export type LoadFile = (file: EncoderFile) => Promise<Uint8Array<ArrayBuffer>>

export interface Surroundings {
  load: LoadFile
  ort: OrtProvider
  turns: Turns
  /** Ends an attempt that nobody waits for any more, before it takes memory. */
  signal?: AbortSignal
}

/**
 * Makes an encoder that runs here. Texts are run one by one, so that a text has one vector whatever comes with it.
 *
 * @throws ModelError when a file is not the one that the manifest names, and whatever `load` throws
 */
export async function createOnnxEncoder(
  { files, prefixes, maximumTokens }: OnnxEncoder,
  { load, ort: provideOrt, turns, signal }: Surroundings,
): Promise<RunningEncoder> {
  const [tokenizer, graph, weights] = await Promise.all([
    loadChecked(files.tokenizer, load),
    loadChecked(files.graph, load),
    loadChecked(files.weights, load),
  ])
  signal?.throwIfAborted()
  const tokenize = createTokenizer(new TextDecoder().decode(tokenizer), maximumTokens)
  const ort = await provideOrt()
  const session = await turns.take('query', () => createSession(ort, graph, files.weights.name, weights))

  async function encodeOne({ text, purpose }: EncoderInput): Promise<Encoding> {
    const ids = tokenize(prefixes[purpose] + text)
    return { vector: await turns.take(purpose, () => run(ort, session, ids)), tokens: ids.length }
  }
  return {
    async encode(inputs) {
      const encodings: Encoding[] = []
      for (const input of inputs) encodings.push(await encodeOne(input))
      return encodings
    },
  }
}

async function loadChecked(file: EncoderFile, load: LoadFile): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await load(file)
  const actual = await sha256Hex(bytes)
  if (actual === file.sha256) return bytes
  throw new ModelError(`${file.name} came with the hash ${actual}, not ${file.sha256}`, { retryable: true })
}

async function createSession(ort: Ort, graph: Uint8Array, path: string, weights: Uint8Array<ArrayBuffer>) {
  try {
    return await ort.InferenceSession.create(graph, {
      executionProviders: ['wasm'],
      externalData: [{ path, data: weights }],
      logSeverityLevel: 4,
    })
  } catch (cause) {
    throw new ModelError('the encoder cannot be loaded by the ONNX runtime', { retryable: false, cause })
  } finally {
    weights.buffer.transfer(0) // the runtime has its own copy: this one is freed now, not when somebody collects it
  }
}

async function run(ort: Ort, session: InferenceSession, ids: readonly number[]): Promise<Float32Array> {
  const shape = [1, ids.length]
  const feeds = {
    input_ids: new ort.Tensor('int64', BigInt64Array.from(ids, BigInt), shape),
    attention_mask: new ort.Tensor('int64', new BigInt64Array(ids.length).fill(1n), shape),
  }
  let outputs: InferenceSession.OnnxValueMapType
  try {
    outputs = await session.run(feeds, { logSeverityLevel: 4 })
  } catch (cause) {
    throw new ModelError('the encoder failed on a text', { retryable: false, cause })
  }
  const vector = outputs.sentence_embedding?.data
  if (vector instanceof Float32Array) return vector
  throw new ModelError('the encoder gives no sentence_embedding', { retryable: false })
}
