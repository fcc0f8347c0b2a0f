import type { OnnxEncoder } from './manifest.ts'
import type { BertShape } from './write-bert.ts'

/**
 * sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), rewritten by `write-bert.ts`: 22.7 million weights, of English only.
 */
export const allMiniLm: OnnxEncoder = {
  kind: 'onnx',
  name: 'all-minilm-l6-v2',
  dimensions: 384,
  languages: ['en'],
  maximumTokens: 256,
  prefixes: { query: '', document: '' },
  files: {
    graph: {
      name: 'graph.bin',
      sha256: '35eed426c60073884041f9c68f02bf9da931e92994b5e13b77f3661bc6a53068',
      sizeBytes: 40_567,
    },
    weights: {
      name: 'weights.bin',
      sha256: '3a5674f0ab0f1a0c8f43fb1b129a7d1155a5e6366988b83df87f22ca12c9a962',
      sizeBytes: 23_132_160,
    },
    tokenizer: {
      name: 'tokenizer.json',
      sha256: 'be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037',
      sizeBytes: 466_247,
    },
  },
}

export const minilmShape: BertShape = {
  layers: 6,
  heads: 12,
  normEpsilon: 1e-12,
  maximumTokens: allMiniLm.maximumTokens,
}
