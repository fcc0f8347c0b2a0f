import type { OnnxEncoder } from './manifest.ts'

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
      sha256: 'c9f0bf55ae62e107ce93ef88eeb1c225dde5e6cb4688bd9577aae4513cde5e2b',
      sizeBytes: 30_054,
    },
    weights: {
      name: 'weights.bin',
      sha256: 'b5a95319c6d7978e367be01a039c1349c79a9dfd600c7534d278dd05382b4fe2',
      sizeBytes: 23_451_648,
    },
    tokenizer: {
      name: 'tokenizer.json',
      sha256: 'be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037',
      sizeBytes: 466_247,
    },
  },
}
