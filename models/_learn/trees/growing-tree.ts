import type { Tree } from './tree.ts'

/** A tree to which nodes are being added. */
export type GrowingTree = Record<Exclude<keyof Tree, 'categories' | 'output' | 'width'>, number[]>

export function createGrowingTree(): GrowingTree {
  return { feature: [], threshold: [], left: [], right: [], missingLeft: [], value: [], cover: [] }
}

export function finishTree(tree: GrowingTree): Tree {
  return {
    feature: Int32Array.from(tree.feature),
    threshold: Float64Array.from(tree.threshold),
    left: Int32Array.from(tree.left),
    right: Int32Array.from(tree.right),
    missingLeft: Uint8Array.from(tree.missingLeft),
    output: 0,
    width: 1,
    value: Float64Array.from(tree.value),
    cover: Float64Array.from(tree.cover),
  }
}
