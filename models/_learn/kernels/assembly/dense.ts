/**
 * C = A B in floats. Elements of A `[rows, inner]` and B `[inner, columns]` lie `...Row` and `...Column` elements apart, so
 * that a transposed matrix is only another pair of steps; C is row-major. `panel` is room for 8 x inner floats: eight
 * columns of B are packed there, where the inner loop finds them side by side.
 */
export function multiplyMatrices(
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  bColumn: usize,
  c: usize,
  rows: i32,
  inner: i32,
  columns: i32,
  panel: usize,
): void {
  const aStep = aRow << 2
  const cStep = (<usize>columns) << 2
  for (let j = 0; j < columns; j += 8) {
    const width = min(8, columns - j)
    pack(b + ((<usize>j * bColumn) << 2), bRow << 2, bColumn << 2, inner, width, panel)
    const target = c + ((<usize>j) << 2)
    let i = 0
    if (width === 8) {
      for (; i + 4 <= rows; i += 4)
        multiplyFourRows(a + <usize>i * aStep, aStep, aColumn << 2, panel, inner, target + <usize>i * cStep, cStep)
    }
    for (; i < rows; i++)
      multiplyRow(a + <usize>i * aStep, aColumn << 2, panel, inner, target + <usize>i * cStep, width)
  }
}

/** Up to eight columns as rows of eight floats, zeros where there is no column. */
function pack(b: usize, rowStep: usize, columnStep: usize, inner: i32, width: i32, panel: usize): void {
  for (let k = 0; k < inner; k++) {
    const row = b + <usize>k * rowStep
    const packed = panel + ((<usize>k) << 5)
    for (let j = 0; j < 8; j++)
      store<f32>(packed + ((<usize>j) << 2), j < width ? load<f32>(row + <usize>j * columnStep) : 0)
  }
}

function multiplyFourRows(
  a: usize,
  aStep: usize,
  aColumn: usize,
  panel: usize,
  inner: i32,
  c: usize,
  cStep: usize,
): void {
  let sum0 = f32x4.splat(0)
  let sum1 = f32x4.splat(0)
  let sum2 = f32x4.splat(0)
  let sum3 = f32x4.splat(0)
  let sum4 = f32x4.splat(0)
  let sum5 = f32x4.splat(0)
  let sum6 = f32x4.splat(0)
  let sum7 = f32x4.splat(0)
  let second = a + aStep
  let third = second + aStep
  let fourth = third + aStep
  for (let k = 0; k < inner; k++) {
    const left = v128.load(panel)
    const right = v128.load(panel, 16)
    let factor = v128.load32_splat(a)
    sum0 = f32x4.add(sum0, f32x4.mul(factor, left))
    sum1 = f32x4.add(sum1, f32x4.mul(factor, right))
    factor = v128.load32_splat(second)
    sum2 = f32x4.add(sum2, f32x4.mul(factor, left))
    sum3 = f32x4.add(sum3, f32x4.mul(factor, right))
    factor = v128.load32_splat(third)
    sum4 = f32x4.add(sum4, f32x4.mul(factor, left))
    sum5 = f32x4.add(sum5, f32x4.mul(factor, right))
    factor = v128.load32_splat(fourth)
    sum6 = f32x4.add(sum6, f32x4.mul(factor, left))
    sum7 = f32x4.add(sum7, f32x4.mul(factor, right))
    panel += 32
    a += aColumn
    second += aColumn
    third += aColumn
    fourth += aColumn
  }
  v128.store(c, sum0)
  v128.store(c, sum1, 16)
  c += cStep
  v128.store(c, sum2)
  v128.store(c, sum3, 16)
  c += cStep
  v128.store(c, sum4)
  v128.store(c, sum5, 16)
  c += cStep
  v128.store(c, sum6)
  v128.store(c, sum7, 16)
}

function multiplyRow(a: usize, aColumn: usize, panel: usize, inner: i32, c: usize, width: i32): void {
  let left = f32x4.splat(0)
  let right = f32x4.splat(0)
  for (let k = 0; k < inner; k++) {
    const factor = v128.load32_splat(a)
    left = f32x4.add(left, f32x4.mul(factor, v128.load(panel)))
    right = f32x4.add(right, f32x4.mul(factor, v128.load(panel, 16)))
    panel += 32
    a += aColumn
  }
  for (let j = 0; j < width; j++) {
    const value = j < 4 ? f32x4.extract_lane(left, 0) : f32x4.extract_lane(right, 0)
    store<f32>(c + ((<usize>j) << 2), value)
    if (j < 4) left = v128.shuffle<f32>(left, left, 1, 2, 3, 0)
    else right = v128.shuffle<f32>(right, right, 1, 2, 3, 0)
  }
}
