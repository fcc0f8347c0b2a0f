/** What one tree of a forest is grown from, with which options, into which memory. TypeScript lays it out in this order. */
@unmanaged
export class ForestJob {
  random: u64
  mean: f64
  minLeafWeight: f64
  minGain: f64 // less is rounding
  nodeWeight: f64
  best: f64 // gain x weight of the node
  leastBest: f64 // splits that gain less all tie
  leftWeight: f64
  drawnThreshold: f64
  // The training table.
  bins: usize // `stride` bytes a row, one a column; 255 is not known, 254 a rare category
  stride: i32
  columns: i32
  kinds: usize // a byte a column: 1 where it holds categories
  cuts: usize // 256 floats a column: the cuts between its bins, then infinities
  targets: usize // a double a row: the target less `mean`, or the code of its class
  weights: usize // a double a row
  eligible: usize // rows with a positive weight
  eligibleCount: i32
  classes: i32 // 1 where the target is a number
  // Options.
  maxDepth: i32
  columnsPerSplit: i32
  bootstrap: i32
  randomThresholds: i32
  // The tree, an entry a node; the right child comes right after the left one.
  feature: usize // i32
  threshold: usize // f32; where a category is asked for, its set
  left: usize // i32
  missingLeft: usize // u8
  value: usize // `classes` doubles
  cover: usize // f64
  sets: usize // 256 bits each: the bins that go left
  setCount: i32
  importance: usize // a double a column: the gain of its splits
  // Scratch memory.
  rows: usize // u32: the rows of every node lie together
  buffer: usize // u32
  pairs: usize // two doubles a row: weight; weight x target, or the class
  histogram: usize // 256 entries of 1 + `classes` doubles: the weight, the sums
  marks: usize // 256 x 256 bits, of which the diagonal is set; then 256 bits: the bins of the node
  order: usize // up to 256 bins of the node, in the order in which they are divided
  keys: usize // 256 doubles by which categories are ordered
  sides: usize // a byte a bin: 1 where it goes left
  drawn: usize // i32: the columns in the order in which the last split drew them
  stack: usize // 16 bytes an entry
  sums: usize // 2 x `classes` doubles: the left sums at hand, and of the best split
  // The best split so far.
  column: i32
  at: i32 // its last bin on the left side, counted in `order`
  missing: i32 // 1 where what is not known goes left
  splitThreshold: f32
}

/** PCG-XSH-RR (O'Neill 2014): 64 bits of state, 32 bits a draw. */
export function draw(job: ForestJob): u32 {
  const state = job.random
  job.random = state * 6364136223846793005 + 1442695040888963407
  return rotr(<u32>(((state >> 18) ^ state) >> 27), <u32>(state >> 59))
}

/** Uniform in [0, bound). */
export function drawBelow(job: ForestJob, bound: i32): i32 {
  return <i32>((<u64>draw(job) * <u64>bound) >> 32)
}
