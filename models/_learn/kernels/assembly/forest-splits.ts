import { addRows } from './forest-histogram'
import { draw, ForestJob } from './forest-job'

const RARE_BIN: usize = 254
const MISSING_BIN: usize = 255
const LARGEST: f32 = 3.4028234663852886e38
/** A split must be better by this factor: of splits that tie but for rounding, the first that was drawn is taken. */
const MARGIN: f64 = 1.0000000001

/** Keeps the column's best split if it beats the best so far; says whether the column can split the node at all. */
export function considerColumn(job: ForestJob, column: i32, node: i32, start: i32, end: i32): bool {
  const isCategory = load<u8>(job.kinds + <usize>column) === 1
  addRows(job, column, start, end)
  const count = listBins(job, isCategory)
  const size: usize = (<usize>job.classes + 1) << 3
  const missing = job.histogram + MISSING_BIN * size
  const missingWeight = load<f64>(missing)
  const rareWeight = isCategory ? load<f64>(job.histogram + RARE_BIN * size) : 0
  let usable = false
  if (count > 1 || missingWeight + rareWeight > 0) {
    if (isCategory) orderCategories(job, node, count)
    const only = job.randomThresholds ? drawBoundary(job, column, isCategory, count) : -1
    const best = job.best
    const last = missingWeight + rareWeight > 0 ? count : count - 1
    usable = walk(job, node, last, only, 0)
    if (missingWeight > 0 && walk(job, node, last, only, missing)) usable = true
    if (job.best !== best) keepSplit(job, column, isCategory, count, missingWeight > 0)
  }
  clearBins(job, count, size, isCategory)
  return usable
}

/** Lists the known bins that the node holds in ascending order; returns how many. */
function listBins(job: ForestJob, isCategory: bool): i32 {
  const map = job.marks + 8192
  let end = job.order
  for (let word: usize = 0; word < 4; word++) {
    let bits = load<u64>(map + (word << 3))
    if (word === 3) bits &= isCategory ? 0x3fffffffffffffff : 0x7fffffffffffffff
    for (; bits !== 0; bits &= bits - 1) store<u8>(end++, <u8>((word << 6) + <usize>ctz(bits)))
  }
  return <i32>(end - job.order)
}

function clearBins(job: ForestJob, count: i32, size: usize, isCategory: bool): void {
  for (let i: usize = 0; i < <usize>count; i++) clearBin(job.histogram + <usize>load<u8>(job.order + i) * size, size)
  clearBin(job.histogram + MISSING_BIN * size, size)
  if (isCategory) clearBin(job.histogram + RARE_BIN * size, size)
}

function clearBin(entry: usize, size: usize): void {
  v128.store(entry, i64x2.splat(0))
  for (let at: usize = 16; at < size; at += 8) store<f64>(entry + at, 0)
}

/**
 * Orders categories by their mean target, of which some prefix is the best set (Fisher 1958); with more than two classes by
 * the share of the node's most frequent class; at random where thresholds are random.
 */
function orderCategories(job: ForestJob, node: i32, count: i32): void {
  const width: usize = job.classes
  const size = (width + 1) << 3
  const judged = (mostFrequent(job.value + ((<usize>node * width) << 3), width) + 1) << 3
  for (let i: usize = 0; i < <usize>count; i++) {
    const bin = load<u8>(job.order + i)
    const entry = job.histogram + <usize>bin * size
    const key = job.randomThresholds ? <f64>draw(job) : load<f64>(entry + judged) / load<f64>(entry)
    let at = i
    for (; at > 0 && load<f64>(job.keys + ((at - 1) << 3)) > key; at--) {
      store<f64>(job.keys + (at << 3), load<f64>(job.keys + ((at - 1) << 3)))
      store<u8>(job.order + at, load<u8>(job.order + at - 1))
    }
    store<f64>(job.keys + (at << 3), key)
    store<u8>(job.order + at, bin)
  }
}

function mostFrequent(sums: usize, width: usize): usize {
  let most: usize = 0
  for (let j: usize = 1; j < width; j++) if (load<f64>(sums + (j << 3)) > load<f64>(sums + (most << 3))) most = j
  return most
}

/** Draws a threshold between the node's smallest and largest value, or a prefix of the categories: the last bin on the left. */
function drawBoundary(job: ForestJob, column: i32, isCategory: bool, count: i32): i32 {
  const share = <f64>draw(job) * (1.0 / 4294967296)
  if (count < 2) return 0
  if (isCategory) return <i32>(share * <f64>(count - 1))
  const cuts = job.cuts + ((<usize>column) << 10)
  const low = centre(cuts, load<u8>(job.order))
  const high = centre(cuts, load<u8>(job.order + <usize>count - 1))
  const threshold = low + share * (high - low)
  let at = 0
  while (at + 2 < count && centre(cuts, load<u8>(job.order + <usize>at + 1)) <= threshold) at++
  job.drawnThreshold = threshold
  return at
}

/** About where a bin's values lie. */
function centre(cuts: usize, bin: usize): f64 {
  const low = bin > 0 ? load<f32>(cuts + ((bin - 1) << 2)) : Infinity
  const high = load<f32>(cuts + (bin << 2))
  if (low !== Infinity && high !== Infinity) return 0.5 * (<f64>low + <f64>high)
  if (bin === 0) {
    const next = load<f32>(cuts, 4)
    return next === Infinity ? high : <f64>high - 0.5 * (<f64>next - <f64>high)
  }
  return bin < 2 ? low : <f64>low + 0.5 * (<f64>low - <f64>load<f32>(cuts + ((bin - 2) << 2)))
}

/** Tries the boundaries after the first `last` bins, or one of them; `missing` is the entry that goes left too, or null. */
function walk(job: ForestJob, node: i32, last: i32, only: i32, missing: usize): bool {
  return job.classes === 1 ? walkPairs(job, node, last, only, missing) : walkClasses(job, node, last, only, missing)
}

/** By the sum of squares that a split explains: (left sum x weight - sum x left weight)^2 / (left x right x all weight). */
function walkPairs(job: ForestJob, node: i32, last: i32, only: i32, missing: usize): bool {
  const order = job.order
  const histogram = job.histogram
  const leastWeight = job.minLeafWeight
  const weight = load<f64>(job.cover + ((<usize>node) << 3))
  const sum = load<f64>(job.value + ((<usize>node) << 3))
  let leftWeight: f64 = missing ? load<f64>(missing) : 0
  let leftSum: f64 = missing ? load<f64>(missing, 8) : 0
  const leastBest = job.leastBest
  let best = job.best
  let usable = false
  for (let i = 0; i < last; i++) {
    const entry = histogram + ((<usize>load<u8>(order + <usize>i)) << 4)
    leftWeight += load<f64>(entry)
    leftSum += load<f64>(entry, 8)
    if (only >= 0 && i !== only) continue
    const rightWeight = weight - leftWeight
    if (leftWeight < leastWeight || rightWeight < leastWeight) continue
    usable = true
    const difference = leftSum * weight - sum * leftWeight
    const product = leftWeight * rightWeight
    if (difference * difference <= best * product) continue
    best = max(leastBest, (MARGIN * difference * difference) / product)
    keepBoundary(job, i, missing, leftWeight)
    store<f64>(job.sums, leftSum, 8)
  }
  job.best = best
  return usable
}

/** By Gini's impurity, which is the same sum over all classes' shares. */
function walkClasses(job: ForestJob, node: i32, last: i32, only: i32, missing: usize): bool {
  const bytes: usize = (<usize>job.classes) << 3
  const weight = load<f64>(job.cover + ((<usize>node) << 3))
  const sums = job.value + <usize>node * bytes
  const left = job.sums
  let leftWeight: f64 = missing ? load<f64>(missing) : 0
  for (let j: usize = 0; j < bytes; j += 8) store<f64>(left + j, missing ? load<f64>(missing + j, 8) : 0)
  let usable = false
  for (let i = 0; i < last; i++) {
    const entry = job.histogram + <usize>load<u8>(job.order + <usize>i) * (bytes + 8)
    leftWeight += load<f64>(entry)
    for (let j: usize = 0; j < bytes; j += 8) store<f64>(left + j, load<f64>(left + j) + load<f64>(entry + j, 8))
    if (only >= 0 && i !== only) continue
    const rightWeight = weight - leftWeight
    if (leftWeight < job.minLeafWeight || rightWeight < job.minLeafWeight) continue
    usable = true
    let squares: f64 = 0
    for (let j: usize = 0; j < bytes; j += 8) {
      const difference = load<f64>(left + j) * weight - load<f64>(sums + j) * leftWeight
      squares += difference * difference
    }
    if (squares <= job.best * leftWeight * rightWeight) continue
    job.best = max(job.leastBest, (MARGIN * squares) / (leftWeight * rightWeight))
    keepBoundary(job, i, missing, leftWeight)
    memory.copy(left + bytes, left, bytes)
  }
  return usable
}

function keepBoundary(job: ForestJob, at: i32, missing: usize, leftWeight: f64): void {
  job.at = at
  job.missing = missing !== 0
  job.leftWeight = leftWeight
}

/** Turns the boundary that was kept into sides and a threshold. What was not missing here goes with the majority. */
function keepSplit(job: ForestJob, column: i32, isCategory: bool, count: i32, hasMissing: bool): void {
  job.column = column
  const sides = job.sides
  for (let at: usize = 0; at < 256; at += 16) v128.store(sides + at, i64x2.splat(0))
  for (let i = 0; i <= job.at; i++) store<u8>(sides + <usize>load<u8>(job.order + <usize>i), 1)
  if (!hasMissing) job.missing = job.leftWeight > job.nodeWeight * 0.5
  store<u8>(sides, <u8>job.missing, 255)
  job.splitThreshold = isCategory ? 0 : thresholdBetween(job, column, count)
}

/** The middle between the cuts around the gap, as far as it is known to be empty; or the number that was drawn there. */
function thresholdBetween(job: ForestJob, column: i32, count: i32): f32 {
  if (job.at + 1 === count) return LARGEST
  const cuts = job.cuts + ((<usize>column) << 10)
  const after = job.order + <usize>job.at
  const low = load<f32>(cuts + ((<usize>load<u8>(after)) << 2))
  const high = load<f32>(cuts + ((<usize>load<u8>(after, 1) - 1) << 2))
  if (job.randomThresholds) return <f32>min(max(job.drawnThreshold, <f64>low), <f64>high)
  return <f32>(low + 0.5 * (<f64>high - <f64>low))
}
