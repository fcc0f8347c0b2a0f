// Factors lie row by row, `width` bytes each: a multiple of 16, filled up with zeros.

/**
 * A few steps of conjugate gradients, from where they are, for the factors of a range of rows: `starts` is to the first row's
 * place in `columns` and `confidences`, `factors` to its factors. `gram` holds the products of the columns of `others` plus the
 * regularisation, `scratch` three rows.
 */
export function solveFactors(
  starts: usize,
  count: i32,
  columns: usize,
  confidences: usize,
  factors: usize,
  others: usize,
  gram: usize,
  width: usize,
  steps: i32,
  scratch: usize,
): void {
  const residual = scratch
  const direction = scratch + width
  const product = direction + width
  const end = starts + ((<usize>count) << 2)
  for (let x = factors; starts < end; starts += 4, x += width) {
    const first = (<usize>load<u32>(starts)) << 2
    const size = ((<usize>load<u32>(starts, 4)) << 2) - first
    if (size === 0) {
      memory.fill(x, 0, width)
      continue
    }
    multiply(x, columns + first, confidences + first, size, others, gram, width, 1, residual)
    negate(residual, width)
    memory.copy(direction, residual, width)
    let square = dot(residual, residual, width)
    for (let step = 0; step < steps && square >= 1e-20; step++) {
      multiply(direction, columns + first, confidences + first, size, others, gram, width, 0, product)
      const length = square / dot(direction, product, width)
      addScaled(x, direction, length, width)
      addScaled(residual, product, -length, width)
      const next = dot(residual, residual, width)
      scaleAndAdd(direction, next / square, residual, width)
      square = next
    }
  }
}

/** out = gram v + sum of ((c - 1) (y . v) - share c) y over the row's entries, where c is the confidence and y the factors. */
function multiply(
  v: usize,
  columns: usize,
  confidences: usize,
  size: usize,
  others: usize,
  gram: usize,
  width: usize,
  share: f32,
  out: usize,
): void {
  memory.fill(out, 0, width)
  for (let i: usize = 0; i < width; i += 16) {
    const row = gram + (i >> 2) * width
    addFour(out, width, v128.load(v + i), row, row + width, row + 2 * width, row + 3 * width)
  }
  const one = f32x4.splat(1)
  const shares = f32x4.splat(share)
  const stop = columns + (size & ~15)
  for (; columns < stop; columns += 16, confidences += 16) {
    const a = others + <usize>load<u32>(columns) * width
    const b = others + <usize>load<u32>(columns, 4) * width
    const c = others + <usize>load<u32>(columns, 8) * width
    const d = others + <usize>load<u32>(columns, 12) * width
    const confidence = v128.load(confidences)
    const seen = f32x4.mul(f32x4.sub(confidence, one), dotFour(v, width, a, b, c, d))
    addFour(out, width, f32x4.sub(seen, f32x4.mul(shares, confidence)), a, b, c, d)
  }
  for (const rest = stop + (size & 15); columns < rest; columns += 4, confidences += 4) {
    const y = others + <usize>load<u32>(columns) * width
    const confidence = load<f32>(confidences)
    addScaled(out, y, (confidence - 1) * dot(v, y, width) - share * confidence, width)
  }
}

/** The products of a vector with four. */
function dotFour(v: usize, width: usize, a: usize, b: usize, c: usize, d: usize): v128 {
  let sumA = f32x4.splat(0)
  let sumB = sumA
  let sumC = sumA
  let sumD = sumA
  for (let i: usize = 0; i < width; i += 16) {
    const part = v128.load(v + i)
    sumA = f32x4.add(sumA, f32x4.mul(part, v128.load(a + i)))
    sumB = f32x4.add(sumB, f32x4.mul(part, v128.load(b + i)))
    sumC = f32x4.add(sumC, f32x4.mul(part, v128.load(c + i)))
    sumD = f32x4.add(sumD, f32x4.mul(part, v128.load(d + i)))
  }
  const ab = f32x4.add(v128.shuffle<f32>(sumA, sumB, 0, 4, 1, 5), v128.shuffle<f32>(sumA, sumB, 2, 6, 3, 7))
  const cd = f32x4.add(v128.shuffle<f32>(sumC, sumD, 0, 4, 1, 5), v128.shuffle<f32>(sumC, sumD, 2, 6, 3, 7))
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7))
}

/** Adds four vectors to one, each times its lane of the amounts. */
function addFour(out: usize, width: usize, amounts: v128, a: usize, b: usize, c: usize, d: usize): void {
  const ofA = v128.shuffle<f32>(amounts, amounts, 0, 0, 0, 0)
  const ofB = v128.shuffle<f32>(amounts, amounts, 1, 1, 1, 1)
  const ofC = v128.shuffle<f32>(amounts, amounts, 2, 2, 2, 2)
  const ofD = v128.shuffle<f32>(amounts, amounts, 3, 3, 3, 3)
  for (let i: usize = 0; i < width; i += 16) {
    const ab = f32x4.add(f32x4.mul(ofA, v128.load(a + i)), f32x4.mul(ofB, v128.load(b + i)))
    const cd = f32x4.add(f32x4.mul(ofC, v128.load(c + i)), f32x4.mul(ofD, v128.load(d + i)))
    v128.store(out + i, f32x4.add(v128.load(out + i), f32x4.add(ab, cd)))
  }
}

function dot(a: usize, b: usize, width: usize): f32 {
  let sum = f32x4.splat(0)
  for (let i: usize = 0; i < width; i += 16) sum = f32x4.add(sum, f32x4.mul(v128.load(a + i), v128.load(b + i)))
  return (
    f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3))
  )
}

/** a += amount b */
function addScaled(a: usize, b: usize, amount: f32, width: usize): void {
  const times = f32x4.splat(amount)
  for (let i: usize = 0; i < width; i += 16)
    v128.store(a + i, f32x4.add(v128.load(a + i), f32x4.mul(times, v128.load(b + i))))
}

/** a = amount a + b */
function scaleAndAdd(a: usize, amount: f32, b: usize, width: usize): void {
  const times = f32x4.splat(amount)
  for (let i: usize = 0; i < width; i += 16)
    v128.store(a + i, f32x4.add(v128.load(b + i), f32x4.mul(times, v128.load(a + i))))
}

function negate(a: usize, width: usize): void {
  for (let i: usize = 0; i < width; i += 16) v128.store(a + i, f32x4.neg(v128.load(a + i)))
}
