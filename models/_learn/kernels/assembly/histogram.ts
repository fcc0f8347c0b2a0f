/**
 * Adds each row's pair of floats (gradient, weight) to one bin a column. `bins` holds `stride` bytes a row (a multiple of 4),
 * one a column; `histogram` holds 256 pairs of doubles a column.
 */
export function addToHistogram(
  rows: usize,
  count: i32,
  bins: usize,
  stride: i32,
  pairs: usize,
  histogram: usize,
): void {
  const groups = stride >> 2
  for (let i = 0; i < count; i++) {
    const row: usize = load<u32>(rows + ((<usize>i) << 2))
    const pair = f64x2.promote_low_f32x4(v128.load64_zero(pairs + (row << 3)))
    let bin = bins + row * stride
    let base = histogram
    for (let group = 0; group < groups; group++) {
      const first = base + ((<usize>load<u8>(bin)) << 4)
      v128.store(first, f64x2.add(v128.load(first), pair))
      const second = base + ((<usize>load<u8>(bin, 1)) << 4)
      v128.store(second, f64x2.add(v128.load(second, 4096), pair), 4096)
      const third = base + ((<usize>load<u8>(bin, 2)) << 4)
      v128.store(third, f64x2.add(v128.load(third, 8192), pair), 8192)
      const fourth = base + ((<usize>load<u8>(bin, 3)) << 4)
      v128.store(fourth, f64x2.add(v128.load(fourth, 12288), pair), 12288)
      bin += 4
      base += 16384
    }
  }
}
