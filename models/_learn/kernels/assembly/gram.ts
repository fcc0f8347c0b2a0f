/**
 * Adds the products of each pair of columns to a square of doubles, at and below its diagonal. A column is `length` doubles
 * of which `count`, an even number, are read; `columns` is a multiple of 4. Four columns by two at a time: eight products
 * for six reads.
 */
export function addProducts(block: usize, length: i32, count: i32, columns: i32, products: usize): void {
  const column = (<usize>length) << 3
  const row = (<usize>columns) << 3
  const end = (<usize>count) << 3
  for (let j: usize = 0; j < <usize>columns; j += 4) {
    for (let k: usize = 0; k < j + 4; k += 2) {
      const a0 = block + j * column
      const a1 = a0 + column
      const a2 = a1 + column
      const a3 = a2 + column
      const b0 = block + k * column
      const b1 = b0 + column
      let s00 = f64x2.splat(0)
      let s01 = f64x2.splat(0)
      let s10 = f64x2.splat(0)
      let s11 = f64x2.splat(0)
      let s20 = f64x2.splat(0)
      let s21 = f64x2.splat(0)
      let s30 = f64x2.splat(0)
      let s31 = f64x2.splat(0)
      for (let i: usize = 0; i < end; i += 16) {
        const y0 = v128.load(b0 + i)
        const y1 = v128.load(b1 + i)
        const x0 = v128.load(a0 + i)
        s00 = f64x2.add(s00, f64x2.mul(x0, y0))
        s01 = f64x2.add(s01, f64x2.mul(x0, y1))
        const x1 = v128.load(a1 + i)
        s10 = f64x2.add(s10, f64x2.mul(x1, y0))
        s11 = f64x2.add(s11, f64x2.mul(x1, y1))
        const x2 = v128.load(a2 + i)
        s20 = f64x2.add(s20, f64x2.mul(x2, y0))
        s21 = f64x2.add(s21, f64x2.mul(x2, y1))
        const x3 = v128.load(a3 + i)
        s30 = f64x2.add(s30, f64x2.mul(x3, y0))
        s31 = f64x2.add(s31, f64x2.mul(x3, y1))
      }
      const at = products + j * row + (k << 3)
      addPair(at, s00, s01)
      addPair(at + row, s10, s11)
      addPair(at + 2 * row, s20, s21)
      addPair(at + 3 * row, s30, s31)
    }
  }
}

/** Adds the sums of the lanes of two vectors to two doubles. */
function addPair(at: usize, first: v128, second: v128): void {
  const even = i8x16.shuffle(first, second, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23)
  const odd = i8x16.shuffle(first, second, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31)
  v128.store(at, f64x2.add(v128.load(at), f64x2.add(even, odd)))
}
