import { ForestJob } from './forest-job'

/** Adds up a node's rows by the bins of one column, and marks the bins that occur in the map after the marks. */
export function addRows(job: ForestJob, column: i32, start: i32, end: i32): void {
  const first = job.rows + ((<usize>start) << 2)
  const last = job.rows + ((<usize>end) << 2)
  if (job.classes === 1) addPairs(job, job.bins + <usize>column, first, last)
  else addClasses(job, job.bins + <usize>column, first, last)
}

function addPairs(job: ForestJob, bins: usize, first: usize, last: usize): void {
  const stride: usize = job.stride
  const pairs = job.pairs
  const histogram = job.histogram
  const marks = job.marks
  let low = i64x2.splat(0)
  let high = i64x2.splat(0)
  for (let at = first; at < last; at += 4) {
    const row: usize = load<u32>(at)
    const bin: usize = load<u8>(bins + row * stride)
    const entry = histogram + (bin << 4)
    v128.store(entry, f64x2.add(v128.load(entry), v128.load(pairs + (row << 4))))
    low = v128.or(low, v128.load(marks + (bin << 5)))
    high = v128.or(high, v128.load(marks + (bin << 5), 16))
  }
  v128.store(marks, low, 8192)
  v128.store(marks, high, 8208)
}

function addClasses(job: ForestJob, bins: usize, first: usize, last: usize): void {
  const size: usize = (<usize>job.classes + 1) << 3
  const marks = job.marks
  let low = i64x2.splat(0)
  let high = i64x2.splat(0)
  for (let at = first; at < last; at += 4) {
    const row: usize = load<u32>(at)
    const bin: usize = load<u8>(bins + row * <usize>job.stride)
    const weight = load<f64>(job.pairs + (row << 4))
    const entry = job.histogram + bin * size
    const ofClass = entry + ((<usize>load<f64>(job.pairs + (row << 4), 8)) << 3)
    store<f64>(entry, load<f64>(entry) + weight)
    store<f64>(ofClass, load<f64>(ofClass, 8) + weight, 8)
    low = v128.or(low, v128.load(marks + (bin << 5)))
    high = v128.or(high, v128.load(marks + (bin << 5), 16))
  }
  v128.store(marks, low, 8192)
  v128.store(marks, high, 8208)
}
