import type { Matrix } from '../matrix.ts'

/** A tree as parallel arrays, one entry a node; the root is node 0, children come after their parent. */
export interface Tree {
  /** Column that the node asks for; -1 at a leaf. */
  feature: Int32Array
  /** To the left when value <= threshold; exact in 32 bits, so that every runtime goes the same way. */
  threshold: Float64Array
  left: Int32Array
  right: Int32Array
  /** 1 where what is not known goes left. */
  missingLeft: Uint8Array
  /** Nodes that ask for a category instead of a threshold: the codes that go left, ascending. Others go right. */
  categories?: ReadonlyMap<number, Int32Array>
  /** The first of the ensemble's outputs that the tree adds to. */
  output: number
  /** How many outputs it adds to. */
  width: number
  /** The prediction if the path ended here: `width` numbers a node. */
  value: Float64Array
  /** Weight of the training rows that came here. */
  cover: Float64Array
}

/** The sum of many trees: each output is its intercept + the sum of the leaves' values. */
export interface TreeEnsemble {
  intercepts: Float64Array
  trees: readonly Tree[]
}

/** The side that a value takes at an inner node: the one place that decides it. */
export function goesLeft(tree: Tree, node: number, value: number): boolean {
  if (Number.isNaN(value)) return tree.missingLeft[node] === 1
  const codes = tree.categories?.get(node)
  return codes === undefined ? value <= (tree.threshold[node] as number) : codes.includes(value)
}

export function leafOf(tree: Tree, columns: Matrix['columns'], row: number): number {
  const { feature, left, right } = tree
  let node = 0
  for (let asked = feature[0] as number; asked >= 0; asked = feature[node] as number) {
    const value = (columns[asked] as Float32Array)[row] as number
    node = (goesLeft(tree, node, value) ? left[node] : right[node]) as number
  }
  return node
}

export function roundTo32Bits(column: Float64Array | Float32Array): Float32Array {
  return column instanceof Float32Array ? column : Float32Array.from(column)
}

/** The same tree with all values multiplied. */
export function scaleTree(tree: Tree, factor: number): Tree {
  return { ...tree, value: tree.value.map((value) => value * factor) }
}
