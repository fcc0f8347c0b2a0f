import type { Matrix } from '../matrix.ts'
import { gaussLegendre } from './gauss-legendre.ts'
import { goesLeft, roundTo32Bits, type Tree, type TreeEnsemble } from './tree.ts'

export interface ShapleyValues {
  /** What each output is expected to be before any column is known. */
  baseline: Float64Array
  /** Row by row, output by output, one number a column: baseline + their sum = prediction. */
  contributions: Float64Array
}

/**
 * The Shapley values of the columns, where a column that is not known follows both branches by their shares of the
 * training weight: the exact "path-dependent" TreeSHAP of Lundberg et al., "From local explanations to global
 * understanding with explainable AI for trees" (2020).
 *
 * For a leaf below the columns i of its path, let z_i be the share of weight that takes its branches at i, and o_i = 1
 * where the row takes them itself, else 0. Owen, "Multilinear extensions of games" (1972), makes a Shapley value an
 * integral, here of a polynomial: value (o_i - z_i) times the integral over t in (0, 1) of the product over j other than
 * i of z_j (1 - t) + o_j t. Gauss-Legendre points integrate it exactly, and all terms are positive, so that nothing
 * cancels. Products go down the tree and sums over leaves come up, as in Yu et al., "Linear TreeShap" (2022): a row
 * costs nodes times half the columns on the longest path.
 *
 * @throws Error when a node has no cover
 */
export function treeShap({ intercepts, trees }: TreeEnsemble, matrix: Matrix): ShapleyValues {
  const baseline = Float64Array.from(intercepts)
  const contributions = new Float64Array(matrix.rows * intercepts.length * matrix.columns.length)
  const columns = matrix.columns.map(roundTo32Bits)
  trees.forEach((tree, t) => {
    const sweep = prepareSweep(tree, t)
    for (let j = 0; j < tree.width; j++) {
      const output = tree.output + j
      baseline[output] = (baseline[output] as number) + expectation(sweep, j)
    }
    for (let row = 0; row < matrix.rows; row++) {
      sweepDown(sweep, columns, row)
      for (let j = 0; j < tree.width; j++) {
        const first = (row * intercepts.length + tree.output + j) * columns.length
        sweepUp(sweep, j, contributions, first)
      }
    }
  })
  return { baseline, contributions }
}

/**
 * What all rows have in common. Tables have one entry a node, state and point. The state of the branch into a node is 2
 * where the row takes it and all branches above that ask the same column, 1 where it takes all but this, 0 otherwise.
 */
interface Sweep {
  tree: Tree
  points: number
  parent: Int32Array
  /** The nearest node above whose branch asks the same column, or 0, the root, which has none. */
  above: Int32Array
  /** Shares of the weight that take the branch and all above that ask the same column. */
  share: Float64Array
  /** What the branch multiplies the product of its parent by. */
  factor: Float64Array
  /** What the branch gives its column, for each unit that the leaves below sum to. */
  gain: Float64Array
  /** Of the row at hand: 1 where it takes the branch and all above that ask the same column. */
  taken: Uint8Array
  products: Float64Array
  sums: Float64Array
}

function prepareSweep(tree: Tree, index: number): Sweep {
  const nodes = tree.feature.length
  const { parent, above, longest } = linkBranches(tree)
  const share = new Float64Array(nodes).fill(1)
  for (let node = 0; node < nodes; node++) {
    const cover = tree.cover[node] as number
    if (!(cover > 0)) throw new Error(`node ${node} of tree ${index} has a cover of ${cover}`)
    if (node > 0)
      share[node] = ((share[above[node] as number] as number) * cover) / (tree.cover[parent[node] as number] as number)
  }
  const points = Math.max(1, Math.ceil(longest / 2))
  const size = nodes * points
  const tables = { factor: new Float64Array(3 * size), gain: new Float64Array(3 * size) }
  const buffers = { taken: new Uint8Array(nodes), products: new Float64Array(size), sums: new Float64Array(size) }
  const sweep = { tree, points, parent, above, share, ...tables, ...buffers }
  fillTables(sweep)
  return sweep
}

/** Parents, nearest branches above that ask the same column, and the most columns on a path. */
function linkBranches({ feature, left, right }: Tree) {
  const parent = new Int32Array(feature.length)
  const above = new Int32Array(feature.length)
  const asked = new Int32Array(feature.length)
  for (let node = 0; node < feature.length; node++) {
    const column = feature[node] as number
    if (column < 0) continue
    let same = node
    while (same > 0 && feature[parent[same] as number] !== column) same = parent[same] as number
    for (const child of [left[node] as number, right[node] as number]) {
      parent[child] = node
      above[child] = same
      asked[child] = (asked[node] as number) + (same === 0 ? 1 : 0)
    }
  }
  return { parent, above, longest: asked.reduce((a, b) => Math.max(a, b), 0) }
}

function fillTables({ points, above, share, factor, gain }: Sweep) {
  const quadrature = gaussLegendre(points)
  for (let node = 1; node < share.length; node++) {
    const high = above[node] as number
    for (let state = 0; state < 3; state++) {
      const taken = state === 2 ? 1 : 0
      const takenAbove = state > 0 ? 1 : 0
      for (let q = 0; q < points; q++) {
        const t = quadrature.points[q] as number
        const own = (share[node] as number) * (1 - t) + taken * t
        const before = high === 0 ? 1 : (share[high] as number) * (1 - t) + takenAbove * t
        const lost = high === 0 ? 0 : (takenAbove - (share[high] as number)) / before
        const cell = (3 * node + state) * points + q
        factor[cell] = own / before
        gain[cell] = (quadrature.weights[q] as number) * ((taken - (share[node] as number)) / own - lost)
      }
    }
  }
}

/** The mean of an output of the tree over the training weight. */
function expectation({ tree, parent }: Sweep, output: number): number {
  const { feature, cover, value, width } = tree
  const reached = new Float64Array(feature.length).fill(1)
  let sum = 0
  for (let node = 0; node < feature.length; node++) {
    const up = parent[node] as number
    if (node > 0) reached[node] = ((reached[up] as number) * (cover[node] as number)) / (cover[up] as number)
    if ((feature[node] as number) < 0) sum += (reached[node] as number) * (value[node * width + output] as number)
  }
  return sum
}

/** The products of a row, from the root to each leaf. */
function sweepDown(sweep: Sweep, columns: readonly Float32Array[], row: number) {
  const { tree, points, above, factor, taken, products } = sweep
  taken[0] = 1
  products.fill(1, 0, points)
  for (let node = 0; node < taken.length; node++) {
    const column = tree.feature[node] as number
    if (column < 0) continue
    const left = tree.left[node] as number
    const right = tree.right[node] as number
    const chosen = goesLeft(tree, node, (columns[column] as Float32Array)[row] as number) ? left : right
    const takenAbove = taken[above[left] as number] as number
    taken[left] = chosen === left ? takenAbove : 0
    taken[right] = chosen === right ? takenAbove : 0
    const leftFactor = (3 * left + takenAbove + (taken[left] as number)) * points
    const rightFactor = (3 * right + takenAbove + (taken[right] as number)) * points
    for (let q = 0; q < points; q++) {
      const product = products[node * points + q] as number
      products[left * points + q] = product * (factor[leftFactor + q] as number)
      products[right * points + q] = product * (factor[rightFactor + q] as number)
    }
  }
}

/** Sums over leaves, from each to the root; every branch on the way gives its column what it gains. */
function sweepUp(sweep: Sweep, output: number, contributions: Float64Array, first: number) {
  const { tree, points, parent, above, gain, taken, products, sums } = sweep
  const { feature, value, width } = tree
  sums.fill(0)
  for (let node = taken.length - 1; node > 0; node--) {
    const isLeaf = (feature[node] as number) < 0
    const scale = isLeaf ? (value[node * width + output] as number) : 1
    const from = isLeaf ? products : sums
    const up = parent[node] as number
    const state = (taken[above[node] as number] as number) + (taken[node] as number)
    const table = (3 * node + state) * points
    let gained = 0
    for (let q = 0; q < points; q++) {
      const sum = scale * (from[node * points + q] as number)
      sums[up * points + q] = (sums[up * points + q] as number) + sum
      gained += sum * (gain[table + q] as number)
    }
    const cell = first + (feature[up] as number)
    contributions[cell] = (contributions[cell] as number) + gained
  }
}
