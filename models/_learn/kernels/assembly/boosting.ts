/** The largest magnitude of `count` floats. */
export function largestMagnitude(values: usize, count: i32): f32 {
  let largest: f32 = 0
  for (let i = 0; i < count; i++) largest = max(largest, abs(load<f32>(values + ((<usize>i) << 2))))
  return largest
}

/**
 * Writes each row's gradient and hessian as one pair of floats, rounded to whole multiples of a power of two: sums of such
 * numbers are exact, in whatever order they are added. `magic` is 1.5 x 2^52 of these units. Without hessians they are 1.
 */
export function pairGradients(
  gradients: usize,
  gradientMagic: f64,
  hessians: usize,
  hessianMagic: f64,
  rows: i32,
  pairs: usize,
): void {
  for (let row = 0; row < rows; row++) {
    const at = (<usize>row) << 2
    const gradient = <f64>load<f32>(gradients + at) + gradientMagic - gradientMagic
    const hessian = hessians == 0 ? 1.0 : <f64>load<f32>(hessians + at) + hessianMagic - hessianMagic
    store<f32>(pairs + (at << 1), <f32>gradient)
    store<f32>(pairs + (at << 1), <f32>hessian, 4)
  }
}

/**
 * Divides rows in place, in order: those whose bin has a 1 in the table `goesLeft` (256 bytes) first. `bins` points at the
 * column's byte of row 0; `scratch` has room for all rows.
 * @returns how many go left
 */
export function partitionRows(rows: usize, count: i32, bins: usize, stride: i32, goesLeft: usize, scratch: usize): i32 {
  let left = rows
  let right = scratch
  for (let i = 0; i < count; i++) {
    const row = load<u32>(rows + ((<usize>i) << 2))
    const side = <usize>load<u8>(goesLeft + <usize>load<u8>(bins + <usize>row * stride))
    store<u32>(left, row)
    store<u32>(right, row)
    left += side << 2
    right += (1 - side) << 2
  }
  memory.copy(left, scratch, right - scratch)
  return <i32>((left - rows) >> 2)
}

/** Adds a number to the doubles of some rows. */
export function addToRows(rows: usize, count: i32, value: f64, doubles: usize): void {
  for (let i = 0; i < count; i++) {
    const at = doubles + ((<usize>load<u32>(rows + ((<usize>i) << 2))) << 3)
    store<f64>(at, load<f64>(at) + value)
  }
}

/** The sum of the floats of some rows. */
export function sumRows(rows: usize, count: i32, floats: usize): f64 {
  let sum: f64 = 0
  for (let i = 0; i < count; i++) sum += <f64>load<f32>(floats + ((<usize>load<u32>(rows + ((<usize>i) << 2))) << 2))
  return sum
}

/** target += source, for pairs of doubles. */
export function addPairs(target: usize, source: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    const at = (<usize>i) << 4
    v128.store(target + at, f64x2.add(v128.load(target + at), v128.load(source + at)))
  }
}

/** target = minuend - subtrahend, for pairs of doubles. */
export function subtractPairs(target: usize, minuend: usize, subtrahend: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    const at = (<usize>i) << 4
    v128.store(target + at, f64x2.sub(v128.load(minuend + at), v128.load(subtrahend + at)))
  }
}
