import { fitLinear, type LinearModel } from '../_learn/linear/least-squares.ts'
import type { GraphBuilder, Value } from '../_onnx/graph-builder.ts'
import type { FeatureTable, KeyColumn } from './feature-table.ts'
import { addKeyLookup, type KeyValues, lookUpKey } from './key-graph.ts'
import type { Explanation, FitContext, FittedRegressor, Recipe } from './recipe.ts'

export interface LinearRecipeOptions {
  name: string
  title: string
  summary: string
  ridge: number
  /** Numbers whose slope may change at these quantiles of the training data. */
  bends: Readonly<Record<string, readonly number[]>>
  /** The smaller, the less a change of slope may follow the data; 1 treats it like the slope itself. */
  bendFreedom: number
  /** Likewise for the effects of these features' keys. */
  keyFreedom: Readonly<Record<string, number>>
  /** Rows count by target ** -power: 0 weighs errors in the unit of the target, 1 lets cheap things count more. */
  weightPower: number
}

/** A number's part of the design: the number itself, or what it exceeds a knot by. */
interface Basis {
  source: number
  knot: number | null
}

interface Design {
  bases: Basis[]
  keys: { source: number; reading: KeyColumn['reading']; names: string[] }[]
}

/**
 * Linear regression with a ridge penalty: numbers may bend at knots, strings become one column a key. What is not known
 * takes the training mean of its columns, and so contributes nothing.
 */
export function linearRecipe(options: LinearRecipeOptions): Recipe {
  const { name, title, summary, ...parameters } = options
  return {
    name,
    title,
    summary,
    parameters,
    async fit(table, target, { signal }: FitContext) {
      const weights = target.map((value) => value ** -options.weightPower)
      const design = designFor(table, options)
      const columns = [...numberColumns(design, table), ...keyColumns(design, table)].map((column) =>
        withMeans(column, weights),
      )
      const model = await fitLinear({ rows: table.rows, columns }, target, {
        ridge: options.ridge,
        weights,
        signal,
        penaltyUnits: penaltyUnits(design, table, columns, options),
      })
      return fitted(table.columns.length, design, model)
    },
  }
}

function designFor(table: FeatureTable, { bends }: LinearRecipeOptions): Design {
  const design: Design = { bases: [], keys: [] }
  table.columns.forEach((column, source) => {
    if (column.kind === 'key') {
      const names = [...new Set(column.keys)].filter((key) => key !== '').sort()
      if (names.length > 0) design.keys.push({ source, reading: column.reading, names })
      return
    }
    const knots = (bends[column.name] ?? []).map((share) => quantile(column.values, share))
    design.bases.push({ source, knot: null }, ...knots.map((knot) => ({ source, knot })))
  })
  return design
}

function numberColumns({ bases }: Design, table: FeatureTable): Float64Array[] {
  return bases.map(({ source, knot }) => {
    const column = table.columns[source]
    const values = column?.kind === 'number' ? column.values : new Float64Array(table.rows).fill(Number.NaN)
    return knot === null ? values : values.map((value) => (Number.isNaN(value) ? value : Math.max(value - knot, 0)))
  })
}

function keyColumns({ keys }: Design, table: FeatureTable): Float64Array[] {
  return keys.flatMap(({ source, names }) => {
    const column = table.columns[source]
    const present = column?.kind === 'key' ? column.keys : []
    return names.map((name) => Float64Array.from(present, (key) => (key === '' ? Number.NaN : Number(key === name))))
  })
}

function penaltyUnits(design: Design, table: FeatureTable, columns: Float64Array[], options: LinearRecipeOptions) {
  const ofNumbers = design.bases.map(({ knot }, j) => deviation(columns[j]) / (knot === null ? 1 : options.bendFreedom))
  const ofKeys = design.keys.flatMap(({ source, names }) => {
    const unit = 1 / (options.keyFreedom[table.columns[source]?.name ?? ''] ?? 1)
    return names.map(() => unit)
  })
  return [...ofNumbers, ...ofKeys]
}

function fitted(features: number, design: Design, model: LinearModel): FittedRegressor {
  const keyValues = keyContributions(design, model)
  return {
    baseline: model.baseline,
    predict: (table) => explain(table, features, design, model, keyValues).predictions,
    explain: (table) => explain(table, features, design, model, keyValues),
    addContributions: (graph, inputs) => addContributions(graph, inputs, design, model, keyValues),
  }
}

/** What each key adds to the baseline: its coefficient, less what the keys add on average. */
function keyContributions({ bases, keys }: Design, { coefficients, means }: LinearModel): KeyValues[] {
  let next = bases.length
  return keys.map(({ names }) => {
    const from = next
    next += names.length
    const average = names.reduce((sum, _, k) => sum + (coefficients[from + k] ?? 0) * (means[from + k] ?? 0), 0)
    return { values: new Map(names.map((name, k) => [name, (coefficients[from + k] ?? 0) - average])), fallback: 0 }
  })
}

function explain(
  table: FeatureTable,
  features: number,
  design: Design,
  { baseline, coefficients, means }: LinearModel,
  keyValues: readonly KeyValues[],
): Explanation {
  const contributions = new Float64Array(table.rows * features)
  const add = (row: number, source: number, amount: number) => {
    contributions[row * features + source] = (contributions[row * features + source] ?? 0) + amount
  }
  numberColumns(design, table).forEach((values, j) => {
    const source = design.bases[j]?.source ?? 0
    values.forEach((value, row) => {
      if (!Number.isNaN(value)) add(row, source, (coefficients[j] ?? 0) * (value - (means[j] ?? 0)))
    })
  })
  design.keys.forEach(({ source }, k) => {
    const column = table.columns[source]
    const lookup = keyValues[k]
    if (column?.kind !== 'key' || lookup === undefined) return
    column.keys.forEach((key, row) => {
      add(row, source, lookUpKey(lookup, key))
    })
  })
  const predictions = Float64Array.from({ length: table.rows }, (_, row) =>
    contributions.subarray(row * features, (row + 1) * features).reduce((sum, value) => sum + value, baseline),
  )
  return { predictions, contributions }
}

function addContributions(
  graph: GraphBuilder,
  inputs: readonly Value[],
  { bases, keys }: Design,
  { coefficients, means }: LinearModel,
  keyValues: readonly KeyValues[],
): Value {
  const width = bases.length
  const row = (hint: string, values: readonly number[]) =>
    graph.constant(hint, { type: 'float', shape: [1, width], values })
  const numbers = graph.node(
    'Concat',
    bases.map(({ source }) => inputs[source] ?? ''),
    { attributes: { axis: { int: 1 } } },
  )
  const beyondKnot = graph.node('Sub', [
    numbers,
    row(
      'knots',
      bases.map(({ knot }) => knot ?? 0),
    ),
  ])
  const floors = row(
    'floors',
    bases.map(({ knot }) => (knot === null ? Number.NEGATIVE_INFINITY : 0)),
  )
  const basis = graph.node('Max', [beyondKnot, floors])
  const centred = graph.node('Sub', [basis, row('means', Array.from(means.subarray(0, width)))])
  const scaled = graph.node('Mul', [centred, row('coefficients', Array.from(coefficients.subarray(0, width)))])
  const nothing = graph.constant('nothing', { type: 'float', shape: [1, 1], values: [0] })
  const known = graph.node('Where', [graph.node('IsNaN', [numbers]), nothing, scaled])
  const lookups = keys.map(({ source, reading }, k) =>
    addKeyLookup(graph, inputs[source] ?? '', reading, keyValues[k] ?? { values: new Map(), fallback: 0 }),
  )
  const parts = graph.node('Concat', [known, ...lookups], { attributes: { axis: { int: 1 } } })
  return graph.node('MatMul', [parts, addMembership(graph, [...bases, ...keys], inputs.length)])
}

/** `[parts, features]`: 1 where a part belongs to a feature, so that a product sums the parts of each feature. */
function addMembership(graph: GraphBuilder, parts: readonly { source: number }[], features: number): Value {
  const values = parts.flatMap(({ source }) => Array.from({ length: features }, (_, j) => Number(j === source)))
  return graph.constant('membership', { type: 'float', shape: [parts.length, features], values })
}

function withMeans(column: Float64Array, weights: Float64Array): Float64Array {
  let sum = 0
  let weight = 0
  column.forEach((value, i) => {
    if (Number.isNaN(value)) return
    sum += value * (weights[i] ?? 0)
    weight += weights[i] ?? 0
  })
  const mean = weight > 0 ? sum / weight : 0
  return column.map((value) => (Number.isNaN(value) ? mean : value))
}

function deviation(values: Float64Array = new Float64Array()): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
}

function quantile(values: Float64Array, share: number): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort()
  return Math.fround(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0)
}
