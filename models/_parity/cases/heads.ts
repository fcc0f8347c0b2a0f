import { createCacheAdapter, predictCacheAdapter } from '../../_learn/heads/cache-adapter.ts'
import { applyContrastiveHead, fitContrastiveHead } from '../../_learn/heads/contrastive-head.ts'
import type { Embeddings } from '../../_learn/heads/embeddings.ts'
import { createWorld, randomLabels } from '../../_learn/testing/hidden-classes.ts'
import { addCacheAdapter } from '../../_onnx/cache-adapter.ts'
import { addContrastiveHead } from '../../_onnx/contrastive-head.ts'
import { GraphBuilder } from '../../_onnx/graph-builder.ts'
import type { Feed } from '../../_runtime/encode-feeds.ts'
import type { ParityCase } from '../parity-case.ts'

const ROWS = 1_000
const CLASSES = 12
const world = createWorld({ seed: 1, width: 32, classes: CLASSES })
const embeddings = world(randomLabels(ROWS, CLASSES, 2), 3)
embeddings.values.fill(0, 0, 32) // a row that points nowhere

function feedOfRows({ rows, width, values }: Embeddings): Feed {
  return { name: 'x', type: 'float32', data: values, rows, columns: width }
}

/** A residual head of full rank, or a narrower one of a low rank. */
function contrastiveCase(name: string, shape: { outputs?: number; rank?: number }): ParityCase {
  return {
    name,
    async make() {
      const labels = randomLabels(300, CLASSES, 4)
      const pairs = { anchors: world(labels, 5), items: world(labels, 6), labels }
      const { head } = await fitContrastiveHead(pairs, { seed: 1, epochs: 5, batchSize: 64, ...shape })
      const graph = new GraphBuilder('contrastive_head')
      const input = graph.input('x', 'float', head.inputs)
      graph.output('embedding', addContrastiveHead(graph, input, head), 'float', head.outputs)
      const expected = { embedding: applyContrastiveHead(head, embeddings).values }
      return { artefact: graph.build(), feeds: [feedOfRows(embeddings)], expected }
    },
  }
}

const cacheCase: ParityCase = {
  name: 'cache adapter',
  async make() {
    const labels = randomLabels(100, CLASSES, 7)
    const prototypes = world(
      Int32Array.from({ length: CLASSES }, (_, label) => label),
      8,
    )
    const weights = Float64Array.from({ length: 100 }, (_, i) => 0.5 + (i % 4))
    const options = { classes: CLASSES, alpha: 3, beta: 5.5, weights, zeroShot: { prototypes, scale: 20 } }
    const adapter = createCacheAdapter(world(labels, 9), labels, options)
    const graph = new GraphBuilder('cache_adapter')
    const input = graph.input('x', 'float', 32)
    graph.output('logits', addCacheAdapter(graph, input, adapter), 'float', CLASSES)
    const expected = { logits: predictCacheAdapter(adapter, embeddings) }
    return { artefact: graph.build(), feeds: [feedOfRows(embeddings)], expected }
  },
}

export const headCases: readonly ParityCase[] = [
  contrastiveCase('contrastive head', {}),
  contrastiveCase('contrastive head of low rank', { outputs: 16, rank: 8 }),
  cacheCase,
]
