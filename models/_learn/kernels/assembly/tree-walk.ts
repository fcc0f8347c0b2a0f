/**
 * Adds a tree's leaf values to predictions. A node is 16 bytes: a threshold (at a leaf: the offset of its values, in
 * doubles; where a category is asked for: the offset of its set), the column's offset in a row (with its highest bit set
 * where NaN goes left, and the next one where a category is asked for), and the offsets of both children, which at a leaf
 * are its own. `rows` lists the rows of the row-major `table` to go through, or is null for the first `count`.
 */
export function addTree(
  nodes: usize,
  values: usize,
  width: i32,
  table: usize,
  stride: i32,
  rows: usize,
  count: i32,
  predictions: usize,
  outputs: i32,
): void {
  for (let i = 0; i < count; i += 4) {
    const first = rowAt(rows, i)
    const second = rowAt(rows, min(i + 1, count - 1))
    const third = rowAt(rows, min(i + 2, count - 1))
    const fourth = rowAt(rows, min(i + 3, count - 1))
    let one: u32 = 0
    let two: u32 = 0
    let three: u32 = 0
    let four: u32 = 0
    let moved: u32 = 1
    while (moved) {
      // four rows at a time: while one waits for memory, the others go on
      const next = child(nodes, one, table + first * stride)
      const next2 = child(nodes, two, table + second * stride)
      const next3 = child(nodes, three, table + third * stride)
      const next4 = child(nodes, four, table + fourth * stride)
      moved = (one ^ next) | (two ^ next2) | (three ^ next3) | (four ^ next4)
      one = next
      two = next2
      three = next3
      four = next4
    }
    add(nodes + one, values, width, predictions + ((first * outputs) << 3))
    if (i + 1 < count) add(nodes + two, values, width, predictions + ((second * outputs) << 3))
    if (i + 2 < count) add(nodes + three, values, width, predictions + ((third * outputs) << 3))
    if (i + 3 < count) add(nodes + four, values, width, predictions + ((fourth * outputs) << 3))
  }
}

function rowAt(rows: usize, index: i32): usize {
  return rows ? <usize>load<u32>(rows + ((<usize>index) << 2)) : <usize>index
}

function child(nodes: usize, node: u32, row: usize): u32 {
  const at = nodes + node
  const asked = load<u32>(at, 4)
  const value = load<f32>(row + (asked & 0x3fffffff))
  const isLeft = asked & 0x40000000 ? holds(nodes + load<u32>(at), value) : value <= load<f32>(at)
  const left = isLeft | ((value !== value) & (asked >> 31))
  return select<u32>(load<u32>(at, 8), load<u32>(at, 12), left)
}

/** Is the value among the codes of a set: their number, then as many floats in ascending order? */
function holds(set: usize, value: f32): bool {
  let low: usize = 0
  let high: usize = load<u32>(set)
  while (low < high) {
    const middle = (low + high) >> 1
    if (load<f32>(set + (middle << 2), 4) < value) low = middle + 1
    else high = middle
  }
  return low < <usize>load<u32>(set) && load<f32>(set + (low << 2), 4) === value
}

function add(leaf: usize, values: usize, width: i32, predictions: usize): void {
  const value = values + ((<usize>load<u32>(leaf)) << 3)
  for (let j: usize = 0; j < (<usize>width) << 3; j += 8)
    store<f64>(predictions + j, load<f64>(predictions + j) + load<f64>(value + j))
}
