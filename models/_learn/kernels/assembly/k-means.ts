// Rows come in tiles of eight: column after column, eight floats each. All pointers are to the first of `count` tiles, so
// that threads may share a table.

/**
 * Writes for each row the nearest centre: the one of the least |c|^2 / 2 - x . c. `centres` holds `clusters` (an even number)
 * rows of floats, `halfNorms` their |c|^2 / 2. Returns how many labels changed.
 */
export function assignToNearest(
  tiles: usize,
  count: i32,
  columns: i32,
  centres: usize,
  halfNorms: usize,
  clusters: i32,
  labels: usize,
): i32 {
  const width = (<usize>columns) << 2
  const end = tiles + <usize>count * (width << 3)
  let label = labels
  let changed = i32x4.splat(0)
  for (let tile = tiles; tile < end; tile += width << 3) {
    let least0 = f32x4.splat(f32.MAX_VALUE)
    let least1 = least0
    let nearest0 = i32x4.splat(0)
    let nearest1 = nearest0
    for (let j = 0; j < clusters; j += 2) {
      let centre = centres + <usize>j * width
      let a0 = v128.load32_splat(halfNorms + ((<usize>j) << 2))
      let a1 = a0
      let b0 = v128.load32_splat(halfNorms + ((<usize>j) << 2), 4)
      let b1 = b0
      const stop = centre + width
      for (let x = tile; centre < stop; centre += 4, x += 32) {
        const x0 = v128.load(x)
        const x1 = v128.load(x, 16)
        const a = v128.load32_splat(centre)
        const b = v128.load32_splat(centre + width)
        a0 = f32x4.sub(a0, f32x4.mul(x0, a))
        a1 = f32x4.sub(a1, f32x4.mul(x1, a))
        b0 = f32x4.sub(b0, f32x4.mul(x0, b))
        b1 = f32x4.sub(b1, f32x4.mul(x1, b))
      }
      const a = i32x4.splat(j)
      const b = i32x4.splat(j + 1)
      nearest0 = v128.bitselect(a, nearest0, f32x4.lt(a0, least0))
      nearest1 = v128.bitselect(a, nearest1, f32x4.lt(a1, least1))
      least0 = f32x4.pmin(least0, a0)
      least1 = f32x4.pmin(least1, a1)
      nearest0 = v128.bitselect(b, nearest0, f32x4.lt(b0, least0))
      nearest1 = v128.bitselect(b, nearest1, f32x4.lt(b1, least1))
      least0 = f32x4.pmin(least0, b0)
      least1 = f32x4.pmin(least1, b1)
    }
    changed = i32x4.add(changed, i32x4.ne(v128.load(label), nearest0))
    changed = i32x4.add(changed, i32x4.ne(v128.load(label, 16), nearest1))
    v128.store(label, nearest0)
    v128.store(label, nearest1, 16)
    label += 32
  }
  return -(
    i32x4.extract_lane(changed, 0) +
    i32x4.extract_lane(changed, 1) +
    i32x4.extract_lane(changed, 2) +
    i32x4.extract_lane(changed, 3)
  )
}

/** Adds each row times its weight, then the weight itself, to the doubles of its label in `sums`. */
export function addToClusters(
  tiles: usize,
  count: i32,
  columns: i32,
  weights: usize,
  labels: usize,
  sums: usize,
): void {
  const width = (<usize>columns) << 5
  for (let row: usize = 0; row < (<usize>count) << 3; row++) {
    const weight = <f64>load<f32>(weights + (row << 2))
    let sum = sums + <usize>load<i32>(labels + (row << 2)) * ((<usize>columns + 1) << 3)
    let x = tiles + (row >> 3) * width + ((row & 7) << 2)
    for (let c = 0; c < columns; c++) {
      store<f64>(sum, load<f64>(sum) + weight * <f64>load<f32>(x))
      sum += 8
      x += 32
    }
    store<f64>(sum, load<f64>(sum) + weight)
  }
}

/**
 * Writes to `lowered` the squared distance of each row to the point where that is less than in `closest`, else what is there;
 * the weighted sum of what is written.
 */
export function lowerDistances(
  tiles: usize,
  count: i32,
  columns: i32,
  weights: usize,
  closest: usize,
  point: usize,
  lowered: usize,
): f64 {
  const width = (<usize>columns) << 2
  const end = tiles + <usize>count * (width << 3)
  let total = f64x2.splat(0)
  let x = tiles
  for (let at: usize = 0; x < end; at += 32) {
    let first = f32x4.splat(0)
    let second = first
    const stop = point + width
    for (let c = point; c < stop; c += 4) {
      const centre = v128.load32_splat(c)
      const a = f32x4.sub(v128.load(x), centre)
      const b = f32x4.sub(v128.load(x, 16), centre)
      first = f32x4.add(first, f32x4.mul(a, a))
      second = f32x4.add(second, f32x4.mul(b, b))
      x += 32
    }
    first = f32x4.pmin(v128.load(closest + at), first)
    second = f32x4.pmin(v128.load(closest + at, 16), second)
    v128.store(lowered + at, first)
    v128.store(lowered + at, second, 16)
    const weighted = f32x4.add(
      f32x4.mul(v128.load(weights + at), first),
      f32x4.mul(v128.load(weights + at, 16), second),
    )
    const upper = i8x16.shuffle(weighted, weighted, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15)
    total = f64x2.add(total, f64x2.add(f64x2.promote_low_f32x4(weighted), f64x2.promote_low_f32x4(upper)))
  }
  return f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1)
}

/** Writes to `distances` the squared distance of each row to the centre of its label; their weighted sum. */
export function distancesToOwn(
  tiles: usize,
  count: i32,
  columns: i32,
  weights: usize,
  labels: usize,
  centres: usize,
  distances: usize,
): f64 {
  const width = (<usize>columns) << 5
  let total = 0.0
  for (let row: usize = 0; row < (<usize>count) << 3; row++) {
    const centre = centres + <usize>load<i32>(labels + (row << 2)) * ((<usize>columns) << 2)
    const x = tiles + (row >> 3) * width + ((row & 7) << 2)
    let sum: f32 = 0
    for (let c: usize = 0; c < <usize>columns; c++) {
      const difference = load<f32>(x + (c << 5)) - load<f32>(centre + (c << 2))
      sum += difference * difference
    }
    store<f32>(distances + (row << 2), sum)
    total += <f64>load<f32>(weights + (row << 2)) * <f64>sum
  }
  return total
}

/**
 * Writes (value - offset) x scale of eight rows a tile to one dimension, 0 where the value is NaN. Returns 1 where something
 * written is infinite.
 */
export function placeColumn(
  values: usize,
  count: i32,
  offset: f32,
  scale: f32,
  tiles: usize,
  columns: i32,
  column: i32,
): i32 {
  const width = (<usize>columns) << 5
  const end = values + ((<usize>count) << 5)
  const offsets = f32x4.splat(offset)
  const scales = f32x4.splat(scale)
  let infinite = i32x4.splat(0)
  for (let place = tiles + ((<usize>column) << 5); values < end; values += 32, place += width) {
    const a = v128.load(values)
    const b = v128.load(values, 16)
    const first = v128.and(f32x4.mul(f32x4.sub(a, offsets), scales), f32x4.eq(a, a))
    const second = v128.and(f32x4.mul(f32x4.sub(b, offsets), scales), f32x4.eq(b, b))
    v128.store(place, first)
    v128.store(place, second, 16)
    infinite = v128.or(infinite, f32x4.gt(f32x4.abs(first), f32x4.splat(f32.MAX_VALUE)))
    infinite = v128.or(infinite, f32x4.gt(f32x4.abs(second), f32x4.splat(f32.MAX_VALUE)))
  }
  return v128.any_true(infinite) ? 1 : 0
}

/**
 * Adds to three doubles the weights of what is not NaN, the weighted differences to a centre and the weighted squares of them.
 * `count` is of fours.
 */
export function addMoments(values: usize, weights: usize, count: i32, centre: f64, sums: usize): void {
  const centres = f64x2.splat(centre)
  let weight = f64x2.splat(0)
  let sum = weight
  let squares = weight
  for (const end = values + ((<usize>count) << 4); values < end; values += 8, weights += 8) {
    const value = v128.load64_zero(values)
    const known = f32x4.eq(value, value)
    const w = f64x2.promote_low_f32x4(v128.and(v128.load64_zero(weights), known))
    const difference = f64x2.sub(f64x2.promote_low_f32x4(v128.and(value, known)), centres)
    const weighted = f64x2.mul(w, difference)
    weight = f64x2.add(weight, w)
    sum = f64x2.add(sum, weighted)
    squares = f64x2.add(squares, f64x2.mul(weighted, difference))
  }
  addLanes(sums, weight)
  addLanes(sums + 8, sum)
  addLanes(sums + 16, squares)
}

function addLanes(sum: usize, pair: v128): void {
  store<f64>(sum, load<f64>(sum) + f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1))
}
