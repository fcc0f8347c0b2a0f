/**
 * Finds each value's bin: the number of `cuts` below it. There are 255 ascending cuts, filled up with infinity; NaN goes to
 * bin 255. Bins are `stride` bytes apart.
 */
export function binColumn(values: usize, rows: i32, cuts: usize, bins: usize, stride: i32): void {
  let bin = bins
  for (let row = 0; row < rows; row++) {
    const value = load<f32>(values + ((<usize>row) << 2))
    let position = <usize>0 // in bytes; no branches: the processor could not foresee them
    position += select<usize>(512, 0, load<f32>(cuts + position, 508) < value)
    position += select<usize>(256, 0, load<f32>(cuts + position, 252) < value)
    position += select<usize>(128, 0, load<f32>(cuts + position, 124) < value)
    position += select<usize>(64, 0, load<f32>(cuts + position, 60) < value)
    position += select<usize>(32, 0, load<f32>(cuts + position, 28) < value)
    position += select<usize>(16, 0, load<f32>(cuts + position, 12) < value)
    position += select<usize>(8, 0, load<f32>(cuts + position, 4) < value)
    position += select<usize>(4, 0, load<f32>(cuts + position) < value)
    store<u8>(bin, <u8>select<usize>(255, position >> 2, value != value))
    bin += stride
  }
}
