import { sha256Hex } from '../../_runtime/sha256.ts'
import type { EncoderFile, OnnxEncoder } from '../manifest.ts'
import { type BertShape, writeBert } from '../write-bert.ts'

const columns = 16
const words = ['[PAD]', '[CLS]', '[SEP]', '[UNK]', 'a', 'b', 'c', 'd', '##a', '##b']
export const smallShape: BertShape = { layers: 2, heads: 2, normEpsilon: 1e-12, maximumTokens: 16 }

/** A safetensors file of a BERT that has learned nothing. */
export function smallBert(seed: number): Uint8Array {
  const shapes: Record<string, number[]> = {
    'embeddings.word_embeddings.weight': [words.length, columns],
    'embeddings.position_embeddings.weight': [32, columns],
    'embeddings.token_type_embeddings.weight': [2, columns],
    ...normShapes('embeddings.LayerNorm'),
  }
  for (let layer = 0; layer < smallShape.layers; layer++) {
    const name = `encoder.layer.${layer}`
    for (const part of ['query', 'key', 'value'])
      Object.assign(shapes, linearShapes(`${name}.attention.self.${part}`, columns, columns))
    Object.assign(shapes, linearShapes(`${name}.attention.output.dense`, columns, columns))
    Object.assign(shapes, linearShapes(`${name}.intermediate.dense`, 4 * columns, columns))
    Object.assign(shapes, linearShapes(`${name}.output.dense`, columns, 4 * columns))
    Object.assign(shapes, normShapes(`${name}.attention.output.LayerNorm`), normShapes(`${name}.output.LayerNorm`))
  }
  return toSafetensors(shapes, seed)
}

const normShapes = (name: string) => ({ [`${name}.weight`]: [columns], [`${name}.bias`]: [columns] })

const linearShapes = (name: string, outputs: number, inputs: number) => ({
  [`${name}.weight`]: [outputs, inputs],
  [`${name}.bias`]: [outputs],
})

function toSafetensors(shapes: Readonly<Record<string, number[]>>, seed: number): Uint8Array {
  let offset = 0
  const header = Object.entries(shapes).map(([name, shape]) => {
    const start = offset
    offset += 4 * shape.reduce((product, length) => product * length, 1)
    return [name, { dtype: 'F32', shape, data_offsets: [start, offset] }]
  })
  const head = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)))
  const file = new Uint8Array(8 + head.length + offset)
  const view = new DataView(file.buffer)
  view.setBigUint64(0, BigInt(head.length), true)
  file.set(head, 8)
  for (let i = 0; i < offset / 4; i++) view.setFloat32(8 + head.length + 4 * i, Math.sin((i + 1) * (12.9 + seed)), true)
  return file
}

/** The small model as an encoder, and its files. */
export async function smallManifest() {
  const { graph, weights } = writeBert(smallBert(1), smallShape, 'weights.bin')
  const tokenizer = new TextEncoder().encode(JSON.stringify(tokenizerFile()))
  const files = new Map(Object.entries({ 'graph.bin': graph, 'weights.bin': weights, 'tokenizer.json': tokenizer }))
  const describe = async (name: string): Promise<EncoderFile> => {
    const bytes = files.get(name) ?? new Uint8Array()
    return { name, sha256: await sha256Hex(bytes), sizeBytes: bytes.length }
  }
  const manifest: OnnxEncoder = {
    kind: 'onnx',
    name: 'small',
    dimensions: columns,
    languages: ['en'],
    maximumTokens: smallShape.maximumTokens,
    prefixes: { query: '', document: '' },
    files: {
      graph: await describe('graph.bin'),
      weights: await describe('weights.bin'),
      tokenizer: await describe('tokenizer.json'),
    },
  }
  return { manifest, load: async ({ name }: { name: string }) => new Uint8Array(files.get(name) ?? []) }
}

function tokenizerFile() {
  const special = (id: number) => ({
    ...{ id, content: words[id], special: true },
    ...{ single_word: false, lstrip: false, rstrip: false, normalized: false },
  })
  const piece = (content: string) => ({ SpecialToken: { id: content, type_id: 0 } })
  const token = (id: number) => ({ id: words[id], ids: [id], tokens: [words[id]] })
  return {
    version: '1.0',
    truncation: { max_length: 4, strategy: 'LongestFirst', stride: 0 },
    padding: { strategy: { Fixed: 8 }, direction: 'Right', pad_id: 0, pad_type_id: 0, pad_token: '[PAD]' },
    added_tokens: [0, 1, 2, 3].map(special),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [piece('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, piece('[SEP]')],
      pair: [],
      special_tokens: { '[CLS]': token(1), '[SEP]': token(2) },
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(words.map((word, id) => [word, id])),
    },
  }
}
