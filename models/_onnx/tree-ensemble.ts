import type { GraphBuilder, Value } from './graph-builder.ts'

/** A tree as parallel arrays, one entry a node, whose leaves add amounts to some of the ensemble's targets. */
export interface TargetTree {
  /** Column that the node asks for; -1 at a leaf. */
  feature: ArrayLike<number>
  /** To the left when value <= threshold. */
  threshold: ArrayLike<number>
  left: ArrayLike<number>
  right: ArrayLike<number>
  /** 1 where NaN goes left. */
  missingLeft: ArrayLike<number>
  leaves: ReadonlyMap<number, readonly (readonly [target: number, amount: number])[]>
}

/** Adds a TreeEnsembleRegressor over `input [N, columns]` that gives the sum of all trees as `[N, targets]`. */
export function addTreeEnsemble(
  graph: GraphBuilder,
  input: Value,
  trees: readonly TargetTree[],
  targets: number,
): Value {
  const nodes = trees.flatMap((tree, id) => Array.from(tree.feature, (feature, node) => ({ tree, id, node, feature })))
  const scores = trees.flatMap((tree, id) =>
    [...tree.leaves].flatMap(([node, amounts]) =>
      // A leaf must score something: a tree that is only a root adds nothing.
      (amounts.length > 0 ? amounts : [[0, 0] as const]).map(([target, amount]) => ({ id, node, target, amount })),
    ),
  )
  return graph.node('TreeEnsembleRegressor', [input], {
    domain: 'ai.onnx.ml',
    attributes: {
      n_targets: { int: targets },
      aggregate_function: { string: 'SUM' },
      post_transform: { string: 'NONE' },
      nodes_treeids: { ints: nodes.map(({ id }) => id) },
      nodes_nodeids: { ints: nodes.map(({ node }) => node) },
      nodes_featureids: { ints: nodes.map(({ feature }) => Math.max(feature, 0)) },
      nodes_modes: { strings: nodes.map(({ feature }) => (feature < 0 ? 'LEAF' : 'BRANCH_LEQ')) },
      nodes_values: { floats: nodes.map(({ tree, node }) => tree.threshold[node] ?? 0) },
      nodes_truenodeids: { ints: nodes.map(({ tree, node }) => tree.left[node] ?? 0) },
      nodes_falsenodeids: { ints: nodes.map(({ tree, node }) => tree.right[node] ?? 0) },
      nodes_missing_value_tracks_true: { ints: nodes.map(({ tree, node }) => tree.missingLeft[node] ?? 0) },
      target_treeids: { ints: scores.map(({ id }) => id) },
      target_nodeids: { ints: scores.map(({ node }) => node) },
      target_ids: { ints: scores.map(({ target }) => target) },
      target_weights: { floats: scores.map(({ amount }) => amount) },
    },
  })
}
