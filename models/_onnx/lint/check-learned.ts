import type { onnx } from 'onnx-proto'
import { attribute, floats, ints, strings } from './attributes.ts'
import { countColumns } from './column-counts.ts'
import { nameNode, quote } from './naming.ts'

const TREES: ReadonlySet<string> = new Set(['TreeEnsembleRegressor', 'TreeEnsembleClassifier'])
const LINEAR: ReadonlySet<string> = new Set(['LinearRegressor', 'LinearClassifier'])
const PER_NODE = ['nodeids', 'featureids', 'modes', 'truenodeids', 'falsenodeids', 'values'] as const
const MODES: ReadonlySet<string> = new Set([
  'BRANCH_LEQ',
  'BRANCH_LT',
  'BRANCH_GTE',
  'BRANCH_GT',
  'BRANCH_EQ',
  'BRANCH_NEQ',
  'LEAF',
])

/** What was learned can be followed to an end and gives numbers: runtimes trust it, and read beyond its ends if it lies. */
export function* checkLearned(graph: onnx.IGraphProto): Generator<string> {
  const columns = countColumns(graph)
  for (const [index, node] of (graph.node ?? []).entries()) {
    const where = nameNode(node, index)
    const width = columns.get(node.input?.[0] ?? '')
    if (TREES.has(node.opType ?? '')) yield* checkTrees(node, where, width)
    if (LINEAR.has(node.opType ?? '')) yield* checkCoefficients(node, where, width)
  }
}

function* checkCoefficients(node: onnx.INodeProto, where: string, width: number | undefined): Generator<string> {
  const coefficients = floats(node, 'coefficients')
  const bad = Array.from(coefficients).findIndex((value) => !Number.isFinite(value))
  if (bad >= 0) yield `coefficient ${bad} of ${where} is ${coefficients[bad]}: the model was not fitted well`
  if (coefficients.length === 0) yield `${where} has no coefficients`
  if (width !== undefined && coefficients.length % width !== 0)
    yield `${where} has ${coefficients.length} coefficients and is given ${width} columns: it was fitted to another number of columns`
}

/** A node as `tree:node`, the way that children are named. */
type Key = `${number}:${number}`

function* checkTrees(node: onnx.INodeProto, where: string, width: number | undefined): Generator<string> {
  const trees = ints(node, 'nodes_treeids')
  const found = PER_NODE.map((name) => [name, lengthOf(node, `nodes_${name}`)] as const)
  const uneven = found.filter(([, length]) => length !== trees.length)
  if (trees.length === 0) yield `${where} has no trees`
  for (const [name, length] of uneven) yield `${where} has ${trees.length} nodes and ${length} nodes_${name}`
  const tracks = lengthOf(node, 'nodes_missing_value_tracks_true')
  if (tracks !== 0 && tracks !== trees.length)
    yield `${where} has ${trees.length} nodes and ${tracks} nodes_missing_value_tracks_true`
  if (uneven.length > 0 || trees.length === 0) return
  const keys = ints(node, 'nodes_nodeids').map((id, i): Key => `${trees[i] ?? 0}:${id}`)
  yield* checkSplits(node, where, keys, width)
  yield* checkPaths(node, where, keys)
  yield* checkLeaves(node, where, new Set(keys))
}

function* checkSplits(node: onnx.INodeProto, where: string, keys: readonly Key[], width: number | undefined) {
  const modes = strings(node, 'nodes_modes')
  const thresholds = floats(node, 'nodes_values')
  const features = ints(node, 'nodes_featureids')
  for (const [i, key] of keys.entries()) {
    const mode = modes[i] ?? ''
    if (!MODES.has(mode)) yield `tree:node ${key} of ${where} has the mode ${quote(mode)}, which there is not`
    if (mode === 'LEAF') continue
    // An infinite threshold is sound: it sets those whose value is not known apart from all others.
    if (Number.isNaN(thresholds[i])) yield `the threshold of tree:node ${key} of ${where} is not a number`
    const feature = features[i] ?? 0
    if (feature < 0 || (width !== undefined && feature >= width))
      yield `tree:node ${key} of ${where} asks for column ${feature}, and is given ${width ?? 'no such one'}: name all the columns that the model was fitted to`
  }
}

/** Every child is there, and no way down comes back to where it was. */
function* checkPaths(node: onnx.INodeProto, where: string, keys: readonly Key[]): Generator<string> {
  const indexes = new Map(keys.map((key, i) => [key, i]))
  if (indexes.size < keys.length) yield `${where} has two nodes of one number in one tree`
  const trees = ints(node, 'nodes_treeids')
  const sides = [ints(node, 'nodes_truenodeids'), ints(node, 'nodes_falsenodeids')]
  const modes = strings(node, 'nodes_modes')
  const state = new Uint8Array(keys.length) // 1: on the way down, 2: done
  const childrenOf = (i: number) =>
    modes[i] === 'LEAF' ? [] : sides.map((side): Key => `${trees[i] ?? 0}:${side[i] ?? 0}`)
  for (const start of keys.keys()) {
    const path = state[start] === 0 ? [start] : []
    for (let i = path.at(-1); i !== undefined; i = path.at(-1)) {
      if (state[i] !== 0) {
        state[i] = 2
        path.pop()
        continue
      }
      state[i] = 1
      for (const child of childrenOf(i)) {
        const next = indexes.get(child)
        if (next === undefined) yield `tree:node ${keys[i]} of ${where} leads to ${child}, which is not there`
        else if (state[next] === 1) yield `tree:node ${keys[i]} of ${where} leads back to ${child}: it would never end`
        else if (state[next] === 0) path.push(next)
      }
    }
  }
}

function* checkLeaves(node: onnx.INodeProto, where: string, keys: ReadonlySet<Key>): Generator<string> {
  const [prefix, targets] =
    node.opType === 'TreeEnsembleRegressor'
      ? ['target', Number(attribute(node, 'n_targets')?.i ?? 1)]
      : ['class', Math.max(lengthOf(node, 'classlabels_int64s'), lengthOf(node, 'classlabels_strings'))]
  const [trees, nodes, ids] = [
    ints(node, `${prefix}_treeids`),
    ints(node, `${prefix}_nodeids`),
    ints(node, `${prefix}_ids`),
  ]
  const weights = floats(node, `${prefix}_weights`)
  if (weights.length === 0) yield `${where} has no leaves`
  if ([trees, nodes, ids].some(({ length }) => length !== weights.length)) {
    yield `${where} has ${weights.length} ${prefix}_weights for ${trees.length} trees, ${nodes.length} nodes and ${ids.length} ${prefix}_ids`
    return
  }
  for (const [i, id] of ids.entries()) {
    const key: Key = `${trees[i] ?? 0}:${nodes[i] ?? 0}`
    if (!keys.has(key)) yield `leaf ${key} of ${where} is not there`
    if (id < 0 || id >= targets) yield `leaf ${key} of ${where} adds to ${prefix} ${id} of ${targets}`
    if (!Number.isFinite(weights[i])) yield `leaf ${key} of ${where} adds ${weights[i]}, which is no number to add`
  }
}

function lengthOf(node: onnx.INodeProto, name: string): number {
  const { ints, strings } = attribute(node, name) ?? {}
  return ints?.length || strings?.length || floats(node, name).length
}
