import type { Tree } from './tree.ts'

/** The tree with the leaves' values given by a function of the node, and each inner node's by the mean of its leaves. */
export function renewLeaves(tree: Tree, stepOf: (leaf: number) => number): Tree {
  const { feature, left, right, cover } = tree
  const value = tree.value.slice()
  for (let node = value.length - 1; node >= 0; node--) {
    if ((feature[node] as number) < 0) {
      value[node] = stepOf(node)
      continue
    }
    const [low, high] = [left[node] as number, right[node] as number] // children come after their parent
    const sum = (value[low] as number) * (cover[low] as number) + (value[high] as number) * (cover[high] as number)
    value[node] = sum / (cover[node] as number)
  }
  return { ...tree, value }
}
