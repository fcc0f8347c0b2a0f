import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom, type Random } from '../random.ts'
import { predictEnsemble } from './predict.ts'
import { leafOf, type Tree, type TreeEnsemble } from './tree.ts'

const COLUMNS = 4

/** A tree of any shape; children come after their parent, anywhere. */
function randomTree(random: Random, hasCategories: boolean): Tree {
  const inner = random.integer(30)
  const nodes = 2 * inner + 1
  const feature = new Int32Array(nodes).fill(-1)
  const left = new Int32Array(nodes)
  const right = new Int32Array(nodes)
  const categories = new Map<number, Int32Array>()
  const open = [0]
  for (let next = 1; next < nodes; next += 2) {
    const node = open.splice(random.integer(open.length), 1)[0] ?? 0
    feature[node] = random.integer(COLUMNS)
    left[node] = next + 1
    right[node] = next
    open.push(next, next + 1)
    if (hasCategories && random.next() < 0.3) categories.set(node, Int32Array.of(1, 3))
  }
  const width = 1 + random.integer(2)
  return {
    ...{ feature, left, right, width, categories, output: random.integer(3 - width + 1) },
    threshold: Float64Array.from({ length: nodes }, () => random.integer(8) / 2),
    missingLeft: Uint8Array.from({ length: nodes }, () => random.integer(2)),
    value: Float64Array.from({ length: nodes * width }, () => random.next()),
    cover: new Float64Array(nodes),
  }
}

test('every row gets exactly what the leaves hold that leafOf finds, few rows or many, known or not', () => {
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom(1, 5, 60, 10_007), fc.boolean(), (seed, rows, hasCategories) => {
      const random = createRandom(seed)
      const cell = () => (random.next() < 0.1 ? Number.NaN : random.integer(10) / 2)
      const columns = Array.from({ length: COLUMNS }, () => Float32Array.from({ length: rows }, cell))
      columns[0]?.set([Number.POSITIVE_INFINITY].slice(0, rows))
      const ensemble = {
        intercepts: Float64Array.of(0.5, -1, 7),
        trees: Array.from({ length: 6 }, () => randomTree(random, hasCategories)),
      }
      expect(predictEnsemble(ensemble, { rows, columns })).toEqual(byLeaves(ensemble, columns, rows))
    }),
    { numRuns: 20 },
  )
})

function byLeaves({ intercepts, trees }: TreeEnsemble, columns: readonly Float32Array[], rows: number): Float64Array {
  const predictions = new Float64Array(3 * rows)
  for (let row = 0; row < rows; row++) {
    predictions.set(intercepts, 3 * row)
    for (const tree of trees) {
      const leaf = leafOf(tree, columns, row)
      for (let j = 0; j < tree.width; j++) {
        const at = 3 * row + tree.output + j
        predictions[at] = (predictions[at] ?? 0) + (tree.value[leaf * tree.width + j] ?? 0)
      }
    }
  }
  return predictions
}
