import { drawBelow, ForestJob } from './forest-job'
import { considerColumn } from './forest-splits'

/**
 * Grows one tree of a forest, depth first, and returns how many nodes it has. A node's rows lie together and are divided in
 * place; of a column only the bins that occur in the node are touched, so that small nodes cost little.
 */
export function growForestTree(job: ForestJob): i32 {
  prepareMarks(job)
  const count = sampleRows(job)
  const nodes = growNodes(job, count)
  finishValues(job, nodes)
  return nodes
}

/** Where bin b is marked: 256 bits of which only bit b is set. */
function prepareMarks(job: ForestJob): void {
  memory.fill(job.marks, 0, 8192)
  for (let bin: usize = 0; bin < 256; bin++) store<u8>(job.marks + (bin << 5) + (bin >> 3), 1 << (<u8>(bin & 7)))
  for (let column = 0; column < job.columns; column++) store<i32>(job.drawn + ((<usize>column) << 2), column)
}

/** Draws the tree's rows, lists them in ascending order and adds them up into the root. */
function sampleRows(job: ForestJob): i32 {
  const eligible = job.eligible
  const rows = job.eligibleCount
  for (let i = 0; i < rows; i++) {
    const row: usize = load<u32>(eligible + ((<usize>i) << 2))
    store<f64>(job.pairs + (row << 4), job.bootstrap ? 0 : load<f64>(job.weights + (row << 3)))
  }
  if (job.bootstrap) {
    for (let i = 0; i < rows; i++) {
      const row: usize = load<u32>(eligible + ((<usize>drawBelow(job, rows)) << 2))
      const pair = job.pairs + (row << 4)
      store<f64>(pair, load<f64>(pair) + load<f64>(job.weights + (row << 3)))
    }
  }
  return addUpRoot(job, rows)
}

function addUpRoot(job: ForestJob, rows: i32): i32 {
  const isNumber = job.classes === 1
  let count = 0
  let total = 0.0
  let squares = 0.0
  memory.fill(job.value, 0, (<usize>job.classes) << 3)
  for (let i = 0; i < rows; i++) {
    const row: usize = load<u32>(job.eligible + ((<usize>i) << 2))
    const pair = job.pairs + (row << 4)
    const weight = load<f64>(pair)
    if (weight === 0) continue
    const target = load<f64>(job.targets + (row << 3))
    store<f64>(pair, isNumber ? weight * target : target, 8)
    const sum = isNumber ? job.value : job.value + ((<usize>target) << 3)
    store<f64>(sum, load<f64>(sum) + (isNumber ? weight * target : weight))
    total += weight
    squares += isNumber ? weight * target * target : weight
    store<u32>(job.rows + ((<usize>count) << 2), <u32>row)
    count++
  }
  store<f64>(job.cover, total)
  const digits = job.mean * 1e-12
  job.minGain = squares * 1e-12 + total * digits * digits
  job.minLeafWeight = max(job.minLeafWeight, total * 1e-12) // less is rounding, too
  return count
}

function growNodes(job: ForestJob, count: i32): i32 {
  job.setCount = 0
  store<i32>(job.feature, -1)
  let nodes = 1
  let top = push(job.stack, 0, 0, count, 0)
  while (top > job.stack) {
    top -= 16
    const node = load<i32>(top)
    const start = load<i32>(top, 4)
    const end = load<i32>(top, 8)
    const depth = load<i32>(top, 12)
    if (!maySplit(job, node, start, end, depth) || !findSplit(job, node, start, end)) continue
    const middle = divideRows(job, start, end)
    addChildren(job, node, nodes)
    top = push(top, nodes + 1, middle, end, depth + 1)
    top = push(top, nodes, start, middle, depth + 1)
    nodes += 2
  }
  return nodes
}

function push(top: usize, node: i32, start: i32, end: i32, depth: i32): usize {
  store<i32>(top, node)
  store<i32>(top, start, 4)
  store<i32>(top, end, 8)
  store<i32>(top, depth, 12)
  return top + 16
}

function maySplit(job: ForestJob, node: i32, start: i32, end: i32, depth: i32): bool {
  if (end - start < 2 || depth >= job.maxDepth) return false
  if (load<f64>(job.cover + ((<usize>node) << 3)) < 2 * job.minLeafWeight) return false
  const first = targetOf(job, start)
  for (let i = start + 1; i < end; i++) if (targetOf(job, i) !== first) return true
  return false
}

function targetOf(job: ForestJob, index: i32): f64 {
  const row: usize = load<u32>(job.rows + ((<usize>index) << 2))
  return load<f64>(job.targets + (row << 3))
}

/** Looks at columns in random order until enough of them can split the node. */
function findSplit(job: ForestJob, node: i32, start: i32, end: i32): bool {
  const weight = load<f64>(job.cover + ((<usize>node) << 3))
  job.column = -1
  job.nodeWeight = weight
  job.best = -1 // a split that gains nothing is better than none: the next one may
  job.leastBest = job.minGain * weight
  const wanted = end - start === 2 ? 1 : job.columnsPerSplit // two rows can be parted in one way only
  let usable = 0
  for (let tried = 0; tried < job.columns && usable < wanted; tried++) {
    const here = job.drawn + ((<usize>tried) << 2)
    const there = here + ((<usize>drawBelow(job, job.columns - tried)) << 2)
    const column = load<i32>(there)
    store<i32>(there, load<i32>(here))
    store<i32>(here, column)
    if (considerColumn(job, column, node, start, end)) usable++
  }
  return job.column >= 0
}

/** Moves the rows that go left to the front, both sides in their old order; returns where the right side starts. */
function divideRows(job: ForestJob, start: i32, end: i32): i32 {
  const rows = job.rows
  const bins = job.bins + <usize>job.column
  const stride: usize = job.stride
  const sides = job.sides
  let left = rows + ((<usize>start) << 2)
  let right = job.buffer
  const last = rows + ((<usize>end) << 2)
  for (let at = left; at < last; at += 4) {
    const row: usize = load<u32>(at)
    const isLeft: usize = load<u8>(sides + <usize>load<u8>(bins + row * stride))
    store<u32>(left, <u32>row) // no branch: the processor could not foresee it
    store<u32>(right, <u32>row)
    left += isLeft << 2
    right += 4 - (isLeft << 2)
  }
  for (let at = job.buffer, to = left; at < right; at += 4, to += 4) store<u32>(to, load<u32>(at))
  return <i32>((left - rows) >> 2)
}

function addChildren(job: ForestJob, node: i32, left: i32): void {
  const weight = load<f64>(job.cover + ((<usize>node) << 3))
  const rightWeight = weight - job.leftWeight
  const importance = job.importance + ((<usize>job.column) << 3)
  store<f64>(importance, load<f64>(importance) + job.best / weight)
  store<i32>(job.feature + ((<usize>node) << 2), job.column)
  const isCategory = load<u8>(job.kinds + <usize>job.column) === 1
  store<f32>(job.threshold + ((<usize>node) << 2), isCategory ? <f32>job.setCount : job.splitThreshold)
  store<i32>(job.left + ((<usize>node) << 2), left)
  store<u8>(job.missingLeft + <usize>node, <u8>job.missing)
  if (isCategory) storeSet(job)
  const child = <usize>left
  store<i32>(job.feature + (child << 2), -1)
  store<i32>(job.feature + (child << 2), -1, 4)
  store<f64>(job.cover + (child << 3), job.leftWeight)
  store<f64>(job.cover + (child << 3), rightWeight, 8)
  const width: usize = job.classes
  const parent = job.value + ((<usize>node * width) << 3)
  const value = job.value + ((child * width) << 3)
  for (let j: usize = 0; j < width << 3; j += 8) {
    const sum = load<f64>(job.sums + (width << 3) + j)
    store<f64>(value + j, sum)
    store<f64>(value + (width << 3) + j, load<f64>(parent + j) - sum)
  }
}

/** Keeps the bins that go left; the node's threshold is the number of the set. */
function storeSet(job: ForestJob): void {
  const set = job.sets + ((<usize>job.setCount) << 5)
  job.setCount++
  memory.fill(set, 0, 32)
  for (let bin: usize = 0; bin < 254; bin++) {
    const byte = set + (bin >> 3)
    store<u8>(byte, load<u8>(byte) | <u8>(load<u8>(job.sides + bin) << (<u8>(bin & 7))))
  }
}

/** Sums become means, and shares of classes. */
function finishValues(job: ForestJob, nodes: i32): void {
  const width: usize = job.classes
  for (let node: usize = 0; node < <usize>nodes; node++) {
    const weight = load<f64>(job.cover + (node << 3))
    for (let j: usize = 0; j < width; j++) {
      const value = job.value + ((node * width + j) << 3)
      store<f64>(value, job.mean + load<f64>(value) / weight)
    }
  }
}
