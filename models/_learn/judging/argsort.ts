/**
 * The rows in ascending order of their values; equal values keep their order. A radix sort by the bits of the numbers,
 * several times faster than a sort that compares. No value may be NaN.
 */
export function argsort(values: Float64Array): Uint32Array {
  const keys = sortableBits(values)
  let order = new Uint32Array(values.length)
  for (let row = 0; row < order.length; row++) order[row] = row
  let sorted = new Uint32Array(values.length)
  const counts = new Uint32Array(2048)
  for (const half of [0, 1]) {
    for (const shift of [0, 11, 22]) {
      counts.fill(0)
      for (let i = 0; i < order.length; i++) {
        const digit = ((keys[2 * i + half] as number) >>> shift) & 2047
        counts[digit] = (counts[digit] as number) + 1
      }
      if (counts.includes(order.length)) continue // all alike in these bits
      startsOf(counts)
      for (let i = 0; i < order.length; i++) {
        const row = order[i] as number
        const digit = ((keys[2 * row + half] as number) >>> shift) & 2047
        const place = counts[digit] as number
        sorted[place] = row
        counts[digit] = place + 1
      }
      ;[order, sorted] = [sorted, order]
    }
  }
  return order
}

/** Two unsigned halves a value, the low one first, that compare as the values do. */
function sortableBits(values: Float64Array): Uint32Array {
  const copy = new Float64Array(values.length)
  for (let i = 0; i < copy.length; i++) copy[i] = (values[i] as number) + 0 // -0 + 0 is 0
  const bits = new Uint32Array(copy.buffer)
  for (let i = 0; i < bits.length; i += 2) {
    const high = bits[i + 1] as number
    if (high >>> 31) {
      bits[i] = ~(bits[i] as number)
      bits[i + 1] = ~high
    } else bits[i + 1] = high | 0x80000000
  }
  return bits
}

/** Replaces counts by where each begins. */
function startsOf(counts: Uint32Array) {
  let start = 0
  for (let digit = 0; digit < counts.length; digit++) {
    const count = counts[digit] as number
    counts[digit] = start
    start += count
  }
}
