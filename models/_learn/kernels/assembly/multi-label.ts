/** Lanes of a sketch: one for the row's weight, seven for random mixtures of its gradients. */
const SKETCH_BYTES: usize = 32

/** e^x in 32 bits, for x in [-87, 87] (Cephes' polynomial). */
function exp4(x: v128): v128 {
  const clamped = f32x4.max(f32x4.min(x, f32x4.splat(87)), f32x4.splat(-87))
  const n = f32x4.nearest(f32x4.mul(clamped, f32x4.splat(1.44269504088896341)))
  let r = f32x4.sub(clamped, f32x4.mul(n, f32x4.splat(0.693359375)))
  r = f32x4.add(r, f32x4.mul(n, f32x4.splat(2.1219444e-4)))
  let p = f32x4.splat(1.98756915e-4)
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1))
  p = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(p, r), r), r), f32x4.splat(1))
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23)
  return f32x4.mul(p, power)
}

/**
 * For `rows` rows from `first`: gradients of the log loss (probability - label) of all labels, and their sketch, a product
 * with `projection` (8 floats a label). `labels` is a multiple of 4; scores and gradients are floats, truths are bytes, row
 * by row; weights are floats or null.
 * @returns the largest magnitude in the sketches
 */
export function sketchGradients(
  scores: usize,
  truths: usize,
  weights: usize,
  first: i32,
  rows: i32,
  labels: i32,
  projection: usize,
  gradients: usize,
  sketches: usize,
): f32 {
  let largest = f32x4.splat(0)
  const one = f32x4.splat(1)
  for (let row = <usize>first; row < <usize>(first + rows); row++) {
    const weight = f32x4.splat(weights == 0 ? 1 : load<f32>(weights + (row << 2)))
    const at = row * <usize>labels
    let low = f32x4.splat(0)
    let high = f32x4.splat(0)
    let mixture = projection
    for (let label: usize = 0; label < <usize>labels; label += 4) {
      const score = v128.load(scores + ((at + label) << 2))
      const probability = f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(score))))
      const bytes = v128.load32_zero(truths + at + label)
      const truth = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes)))
      const gradient = f32x4.mul(f32x4.sub(probability, truth), weight)
      v128.store(gradients + ((at + label) << 2), gradient)
      const g0 = f32x4.splat(f32x4.extract_lane(gradient, 0))
      low = f32x4.add(low, f32x4.mul(g0, v128.load(mixture)))
      high = f32x4.add(high, f32x4.mul(g0, v128.load(mixture, 16)))
      const g1 = f32x4.splat(f32x4.extract_lane(gradient, 1))
      low = f32x4.add(low, f32x4.mul(g1, v128.load(mixture, 32)))
      high = f32x4.add(high, f32x4.mul(g1, v128.load(mixture, 48)))
      const g2 = f32x4.splat(f32x4.extract_lane(gradient, 2))
      low = f32x4.add(low, f32x4.mul(g2, v128.load(mixture, 64)))
      high = f32x4.add(high, f32x4.mul(g2, v128.load(mixture, 80)))
      const g3 = f32x4.splat(f32x4.extract_lane(gradient, 3))
      low = f32x4.add(low, f32x4.mul(g3, v128.load(mixture, 96)))
      high = f32x4.add(high, f32x4.mul(g3, v128.load(mixture, 112)))
      mixture += 4 * SKETCH_BYTES
    }
    v128.store(sketches + row * SKETCH_BYTES, low)
    v128.store(sketches + row * SKETCH_BYTES, high, 16)
    largest = f32x4.max(largest, f32x4.max(f32x4.abs(low), f32x4.abs(high)))
  }
  const a = max(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1))
  return max(a, max(f32x4.extract_lane(largest, 2), f32x4.extract_lane(largest, 3)))
}

/** Turns sketches into whole numbers, so that their sums are exact; the first lane becomes the row's weight. */
export function roundSketches(
  sketches: usize,
  first: i32,
  rows: i32,
  scale: f32,
  weights: usize,
  weightScale: f32,
): void {
  const factor = f32x4.splat(scale)
  for (let row = <usize>first; row < <usize>(first + rows); row++) {
    const at = sketches + row * SKETCH_BYTES
    const weight = weights == 0 ? 1 : <i32>nearest(load<f32>(weights + (row << 2)) * weightScale)
    const low = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(v128.load(at), factor)))
    v128.store(at, i32x4.replace_lane(low, 0, weight))
    v128.store(at, i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(v128.load(at, 16), factor))), 16)
  }
}

/** Adds each row's sketch to one bin a column; `histogram` holds 256 sketches a column. */
export function addSketches(
  rows: usize,
  count: i32,
  bins: usize,
  stride: i32,
  sketches: usize,
  histogram: usize,
): void {
  for (let i = 0; i < count; i++) {
    const row: usize = load<u32>(rows + ((<usize>i) << 2))
    const low = v128.load(sketches + row * SKETCH_BYTES)
    const high = v128.load(sketches + row * SKETCH_BYTES, 16)
    let base = histogram
    const end = bins + row * stride + stride
    for (let bin = bins + row * stride; bin < end; bin++) {
      const at = base + <usize>load<u8>(bin) * SKETCH_BYTES
      v128.store(at, i32x4.add(v128.load(at), low))
      v128.store(at, i32x4.add(v128.load(at, 16), high), 16)
      base += 256 * SKETCH_BYTES
    }
  }
}

/** target += source, for `count` vectors of four whole numbers. */
export function addWholes(target: usize, source: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    const at = (<usize>i) << 4
    v128.store(target + at, i32x4.add(v128.load(target + at), v128.load(source + at)))
  }
}

/** target = minuend - subtrahend, for `count` vectors of four whole numbers. */
export function subtractWholes(target: usize, minuend: usize, subtrahend: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    const at = (<usize>i) << 4
    v128.store(target + at, i32x4.sub(v128.load(minuend + at), v128.load(subtrahend + at)))
  }
}

function squares(low: v128, high: v128): f32 {
  const a = f32x4.replace_lane(f32x4.convert_i32x4_s(low), 0, 0)
  const b = f32x4.convert_i32x4_s(high)
  const sum = f32x4.add(f32x4.mul(a, a), f32x4.mul(b, b))
  const pairs = f32x4.add(sum, i8x16.shuffle(sum, sum, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15))
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1)
}

/**
 * The best place to cut one column's bins, taken in the given order, behind a start of the left side (a sketch, or null).
 * Both sides must weigh `minWeight`; what counts is the sum over sides of |sum of gradients|^2 / (weight + l2).
 * Writes to `found`: the score (double), the position of the last bin on the left (int), a pad, the left side's sketch.
 * @returns whether a score above the one in `found` was there
 */
export function findSketchSplit(
  histogram: usize,
  order: usize,
  bins: i32,
  totals: usize,
  start: usize,
  minWeight: i32,
  l2: f32,
  found: usize,
): i32 {
  const totalLow = v128.load(totals)
  const totalHigh = v128.load(totals, 16)
  const totalWeight = i32x4.extract_lane(totalLow, 0)
  let low = start == 0 ? i32x4.splat(0) : v128.load(start)
  let high = start == 0 ? i32x4.splat(0) : v128.load(start, 16)
  let best = load<f64>(found)
  let better = 0
  for (let i = 0; i < bins; i++) {
    const at = histogram + <usize>load<u8>(order + i) * SKETCH_BYTES
    const added = v128.load(at)
    if (i32x4.extract_lane(added, 0) == 0) continue
    low = i32x4.add(low, added)
    high = i32x4.add(high, v128.load(at, 16))
    const weight = i32x4.extract_lane(low, 0)
    if (weight < minWeight) continue
    if (totalWeight - weight < minWeight) break
    const left = squares(low, high) / (<f32>weight + l2)
    const right = squares(i32x4.sub(totalLow, low), i32x4.sub(totalHigh, high)) / (<f32>(totalWeight - weight) + l2)
    const score = <f64>left + <f64>right
    if (score <= best) continue
    best = score
    better = 1
    store<f64>(found, score)
    store<i32>(found, i, 8)
    v128.store(found, low, 16)
    v128.store(found, high, 32)
  }
  return better
}

/**
 * Adds up the gradients of some rows and their hessians, p (1 - p) x weight: with no weights |g| (1 - |g|), as g is p or
 * p - 1. Sums are doubles, one a label: first those of gradients, then those of hessians.
 */
export function sumLabelGradients(
  rows: usize,
  count: i32,
  labels: i32,
  gradients: usize,
  weights: usize,
  sums: usize,
): void {
  const hessians = sums + ((<usize>labels) << 3)
  const one = f64x2.splat(1)
  for (let i = 0; i < count; i++) {
    const row: usize = load<u32>(rows + ((<usize>i) << 2))
    const weight = weights == 0 ? 1 : <f64>load<f32>(weights + (row << 2))
    const scale = f64x2.splat(weight > 0 ? 1 / weight : 0)
    const at = gradients + ((row * <usize>labels) << 2)
    for (let label: usize = 0; label < <usize>labels; label += 2) {
      const gradient = f64x2.promote_low_f32x4(v128.load64_zero(at + (label << 2)))
      const magnitude = f64x2.abs(gradient)
      const rest = f64x2.sub(one, f64x2.mul(magnitude, scale))
      const to = label << 3
      v128.store(sums + to, f64x2.add(v128.load(sums + to), gradient))
      v128.store(hessians + to, f64x2.add(v128.load(hessians + to), f64x2.mul(magnitude, rest)))
    }
  }
}

/** Adds a vector of floats, one a label, to the scores of some rows. */
export function addVectorToRows(rows: usize, count: i32, labels: i32, vector: usize, scores: usize): void {
  for (let i = 0; i < count; i++) {
    const at = scores + ((<usize>load<u32>(rows + ((<usize>i) << 2)) * <usize>labels) << 2)
    for (let label: usize = 0; label < <usize>labels; label += 4) {
      const to = label << 2
      v128.store(at + to, f32x4.add(v128.load(at + to), v128.load(vector + to)))
    }
  }
}
