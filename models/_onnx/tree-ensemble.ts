import type { GraphBuilder, Value } from './graph-builder.ts'

interface Branches {
  /** Column that the node asks for; -1 at a leaf. */
  feature: ArrayLike<number>
  /** To the left when value <= threshold. */
  threshold: ArrayLike<number>
  left: ArrayLike<number>
  right: ArrayLike<number>
  /** 1 where NaN goes left. */
  missingLeft: ArrayLike<number>
  /** Nodes that ask for a category instead: the codes that go left. */
  categories?: ReadonlyMap<number, ArrayLike<number>>
}

/** A tree as parallel arrays, one entry a node, whose leaves add amounts to some of the ensemble's targets. */
export interface TargetTree extends Branches {
  leaves: ReadonlyMap<number, readonly (readonly [target: number, amount: number])[]>
}

/** A tree that adds `width` numbers a leaf to the targets from `output` on. */
export interface VectorTree extends Branches {
  output: number
  width: number
  value: ArrayLike<number>
}

/** Adds a TreeEnsembleRegressor over `input [N, columns]` that gives intercepts + the sum of all trees as `[N, targets]`. */
export function addSummedTrees(
  graph: GraphBuilder,
  input: Value,
  { intercepts, trees }: { intercepts: ArrayLike<number>; trees: readonly VectorTree[] },
): Value {
  const withLeaves = trees.map((tree) => ({ ...tree, leaves: leavesOf(tree) }))
  return addTreeEnsemble(graph, input, withLeaves, intercepts.length, intercepts)
}

function leavesOf({ feature, output, width, value }: VectorTree): TargetTree['leaves'] {
  const leaves = new Map<number, (readonly [number, number])[]>()
  for (let node = 0; node < feature.length; node++) {
    if ((feature[node] ?? -1) >= 0) continue
    const amounts = Array.from({ length: width }, (_, j) => [output + j, value[node * width + j] ?? 0] as const)
    leaves.set(node, amounts)
  }
  return leaves
}

/** Adds a TreeEnsembleRegressor over `input [N, columns]` that gives the sum of all trees as `[N, targets]`. */
export function addTreeEnsemble(
  graph: GraphBuilder,
  input: Value,
  trees: readonly TargetTree[],
  targets: number,
  intercepts?: ArrayLike<number>,
): Value {
  const nodes = trees.flatMap(nodesOf)
  const scores = trees.flatMap((tree, id) =>
    [...tree.leaves].flatMap(([node, amounts]) =>
      // A leaf must score something: a tree that is only a root adds nothing.
      (amounts.length > 0 ? amounts : [[0, 0] as const]).map(([target, amount]) => ({ id, node, target, amount })),
    ),
  )
  return graph.node('TreeEnsembleRegressor', [input], {
    domain: 'ai.onnx.ml',
    attributes: {
      ...(intercepts !== undefined && { base_values: { floats: intercepts } }),
      n_targets: { int: targets },
      aggregate_function: { string: 'SUM' },
      post_transform: { string: 'NONE' },
      nodes_treeids: { ints: nodes.map(({ id }) => id) },
      nodes_nodeids: { ints: nodes.map(({ node }) => node) },
      nodes_featureids: { ints: nodes.map(({ feature }) => feature) },
      nodes_modes: { strings: nodes.map(({ mode }) => mode) },
      nodes_values: { floats: nodes.map(({ value }) => value) },
      nodes_truenodeids: { ints: nodes.map(({ yes }) => yes) },
      nodes_falsenodeids: { ints: nodes.map(({ no }) => no) },
      nodes_missing_value_tracks_true: { ints: nodes.map(({ missing }) => missing) },
      target_treeids: { ints: scores.map(({ id }) => id) },
      target_nodeids: { ints: scores.map(({ node }) => node) },
      target_ids: { ints: scores.map(({ target }) => target) },
      target_weights: { floats: scores.map(({ amount }) => amount) },
    },
  })
}

interface EnsembleNode {
  id: number
  node: number
  feature: number
  mode: 'LEAF' | 'BRANCH_LEQ' | 'BRANCH_EQ'
  value: number
  yes: number
  no: number
  missing: number
}

function nodesOf(tree: TargetTree, id: number): EnsembleNode[] {
  let fresh = tree.feature.length
  return Array.from(tree.feature, (feature, node): EnsembleNode[] => {
    const branch = {
      ...{ id, node, feature: Math.max(feature, 0), value: tree.threshold[node] ?? 0 },
      ...{ yes: tree.left[node] ?? 0, no: tree.right[node] ?? 0, missing: tree.missingLeft[node] ?? 0 },
    }
    if (feature < 0) return [{ ...branch, mode: 'LEAF' }]
    const codes = tree.categories?.get(node)
    if (codes === undefined) return [{ ...branch, mode: 'BRANCH_LEQ' }]
    const first = fresh
    fresh += Math.max(0, codes.length - 1)
    return chainOf(branch, codes, first)
  }).flat()
}

/** A set of codes as questions one after the other, which all lead to the same left child; none is asked as an impossible one. */
function chainOf(branch: Omit<EnsembleNode, 'mode'>, codes: ArrayLike<number>, first: number): EnsembleNode[] {
  return Array.from(codes.length > 0 ? Array.from(codes) : [-1], (value, i) => ({
    ...branch,
    mode: 'BRANCH_EQ',
    value,
    node: i === 0 ? branch.node : first + i - 1,
    no: i + 1 < codes.length ? first + i : branch.no,
  }))
}
