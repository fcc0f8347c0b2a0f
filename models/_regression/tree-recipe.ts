import type { TrainingControl } from '../_learn/control.ts'
import { fitTargetEncoding, type TargetEncoding } from '../_learn/encoding/target-encoding.ts'
import type { Matrix } from '../_learn/matrix.ts'
import { ensembleBaseline, explainEnsemble, leafContributions } from '../_learn/trees/explain.ts'
import { predictEnsemble } from '../_learn/trees/predict.ts'
import type { TreeEnsemble } from '../_learn/trees/tree.ts'
import type { GraphBuilder, Value } from '../_onnx/graph-builder.ts'
import { addTreeEnsemble } from '../_onnx/tree-ensemble.ts'
import type { FeatureTable, KeyColumn } from './feature-table.ts'
import { addKeyLookup, lookUpKey } from './key-graph.ts'
import type { FitContext, FittedRegressor, Recipe } from './recipe.ts'

export interface TreeRecipeOptions {
  name: string
  title: string
  summary: string
  /** Average rows that are added to each key when keys become numbers. */
  smoothing: number
  /** What the learner is told, for the record. */
  parameters: Readonly<Record<string, unknown>>
  learn(matrix: Matrix, target: Float64Array, context: { seed: number } & TrainingControl): Promise<TreeEnsemble>
}

/** The number that stands for a column: itself, or the encoding of its keys. */
type Encoder = { kind: 'number' } | { kind: 'key'; reading: KeyColumn['reading']; encoding: TargetEncoding }

/** Trees over one column a feature: numbers as they are, with NaN, and keys by the mean target of their training rows. */
export function treeRecipe({ name, title, summary, smoothing, parameters, learn }: TreeRecipeOptions): Recipe {
  return {
    name,
    title,
    summary,
    parameters: { ...parameters, smoothing },
    async fit(table, target, context: FitContext) {
      const encoders = table.columns.map((column): Encoder => {
        if (column.kind === 'number') return { kind: 'number' }
        const encoding = fitTargetEncoding(column.keys, target, smoothing)
        const values = new Map([...encoding.values].map(([key, value]) => [key, Math.fround(value)]))
        values.delete('')
        return { kind: 'key', reading: column.reading, encoding: { values, fallback: Math.fround(encoding.fallback) } }
      })
      const ensemble = await learn(encode(table, encoders), target, context)
      return fitted(encoders, ensemble)
    },
  }
}

function encode(table: FeatureTable, encoders: readonly Encoder[]): Matrix {
  return {
    rows: table.rows,
    columns: table.columns.map((column, j) => {
      const encoder = encoders[j]
      if (column.kind === 'number') return column.values
      if (encoder?.kind !== 'key') throw new Error(`feature ${column.name} has no encoding`)
      return Float64Array.from(column.keys, (key) => lookUpKey(encoder.encoding, key))
    }),
  }
}

function fitted(encoders: readonly Encoder[], ensemble: TreeEnsemble): FittedRegressor {
  const baseline = ensembleBaseline(ensemble)
  return {
    baseline,
    predict: (table) => predictEnsemble(ensemble, encode(table, encoders)),
    explain(table) {
      const contributions = explainEnsemble(ensemble, encode(table, encoders))
      const width = encoders.length
      const predictions = Float64Array.from({ length: table.rows }, (_, row) =>
        contributions.subarray(row * width, (row + 1) * width).reduce((sum, value) => sum + value, baseline),
      )
      return { predictions, contributions }
    },
    addContributions: (graph, inputs) => addContributions(graph, inputs, encoders, ensemble),
  }
}

/** One target a feature: a leaf scores what its path adds, so that the ensemble explains itself. */
function addContributions(
  graph: GraphBuilder,
  inputs: readonly Value[],
  encoders: readonly Encoder[],
  { trees }: TreeEnsemble,
): Value {
  const columns = encoders.map((encoder, j) => {
    const input = inputs[j] ?? ''
    return encoder.kind === 'number' ? input : addKeyLookup(graph, input, encoder.reading, encoder.encoding)
  })
  const row = graph.node('Concat', columns, { attributes: { axis: { int: 1 } } })
  const scored = trees.map((tree) => ({ ...tree, leaves: leafContributions(tree) }))
  return addTreeEnsemble(graph, row, scored, encoders.length)
}
