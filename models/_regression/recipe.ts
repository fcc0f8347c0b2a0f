import type { TrainingControl } from '../_learn/control.ts'
import type { GraphBuilder, Value } from '../_onnx/graph-builder.ts'
import type { FeatureTable } from './feature-table.ts'

export interface Explanation {
  predictions: Float64Array
  /** Row by row, one number a feature: baseline + the row's sum = prediction. */
  contributions: Float64Array
}

/** A fitted predictor: the reference that its ONNX graph must agree with. */
export interface FittedRegressor {
  baseline: number
  /** The explanation's predictions alone, faster. */
  predict(table: FeatureTable): Float64Array
  explain(table: FeatureTable): Explanation
  /** Adds nodes that compute the contributions `[N, features]` from one raw input a feature. */
  addContributions(graph: GraphBuilder, inputs: readonly Value[]): Value
}

export interface FitContext extends TrainingControl {
  seed: number
}

/** How one kind of model is fitted to a table; everything that is learned is learned here, so that a fold sees nothing else. */
export interface Recipe {
  name: string
  title: string
  summary: string
  parameters: Readonly<Record<string, unknown>>
  fit(table: FeatureTable, target: Float64Array, context: FitContext): Promise<FittedRegressor>
}
