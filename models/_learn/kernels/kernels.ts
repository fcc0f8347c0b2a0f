import { kernelModule } from '#kernels'

/** A place in the kernels' memory, in bytes. */
export type Pointer = number

/** What `assembly/` exports. Nothing is checked inside: callers hand over pointers into their own arena. */
export interface Kernels {
  binColumn(values: Pointer, rows: number, cuts: Pointer, bins: Pointer, stride: number): void

  addProducts(block: Pointer, length: number, count: number, columns: number, products: Pointer): void

  largestMagnitude(values: Pointer, count: number): number
  pairGradients(
    gradients: Pointer,
    gradientMagic: number,
    hessians: Pointer,
    hessianMagic: number,
    rows: number,
    pairs: Pointer,
  ): void
  partitionRows(
    rows: Pointer,
    count: number,
    bins: Pointer,
    stride: number,
    goesLeft: Pointer,
    scratch: Pointer,
  ): number
  addToRows(rows: Pointer, count: number, value: number, doubles: Pointer): void
  sumRows(rows: Pointer, count: number, floats: Pointer): number
  addPairs(target: Pointer, source: Pointer, count: number): void
  subtractPairs(target: Pointer, minuend: Pointer, subtrahend: Pointer, count: number): void

  sketchGradients(
    scores: Pointer,
    truths: Pointer,
    weights: Pointer,
    first: number,
    rows: number,
    labels: number,
    projection: Pointer,
    gradients: Pointer,
    sketches: Pointer,
  ): number
  roundSketches(
    sketches: Pointer,
    first: number,
    rows: number,
    scale: number,
    weights: Pointer,
    weightScale: number,
  ): void
  addSketches(rows: Pointer, count: number, bins: Pointer, stride: number, sketches: Pointer, histogram: Pointer): void
  addWholes(target: Pointer, source: Pointer, count: number): void
  subtractWholes(target: Pointer, minuend: Pointer, subtrahend: Pointer, count: number): void
  findSketchSplit(
    histogram: Pointer,
    order: Pointer,
    bins: number,
    totals: Pointer,
    start: Pointer,
    minWeight: number,
    l2: number,
    found: Pointer,
  ): number
  sumLabelGradients(
    rows: Pointer,
    count: number,
    labels: number,
    gradients: Pointer,
    weights: Pointer,
    sums: Pointer,
  ): void
  addVectorToRows(rows: Pointer, count: number, labels: number, vector: Pointer, scores: Pointer): void

  addToHistogram(rows: Pointer, count: number, bins: Pointer, stride: number, pairs: Pointer, histogram: Pointer): void

  growForestTree(job: Pointer): number
  addTree(
    nodes: Pointer,
    values: Pointer,
    width: number,
    table: Pointer,
    stride: number,
    rows: Pointer,
    count: number,
    predictions: Pointer,
    outputs: number,
  ): void

  multiplyMatrices(
    a: Pointer,
    aRow: number,
    aColumn: number,
    b: Pointer,
    bRow: number,
    bColumn: number,
    c: Pointer,
    rows: number,
    inner: number,
    columns: number,
    panel: Pointer,
  ): void

  solveFactors(
    starts: Pointer,
    count: number,
    columns: Pointer,
    confidences: Pointer,
    factors: Pointer,
    others: Pointer,
    gram: Pointer,
    width: number,
    steps: number,
    scratch: Pointer,
  ): void

  assignToNearest(
    tiles: Pointer,
    count: number,
    columns: number,
    centres: Pointer,
    halfNorms: Pointer,
    clusters: number,
    labels: Pointer,
  ): number
  addToClusters(tiles: Pointer, count: number, columns: number, weights: Pointer, labels: Pointer, sums: Pointer): void
  lowerDistances(
    tiles: Pointer,
    count: number,
    columns: number,
    weights: Pointer,
    closest: Pointer,
    point: Pointer,
    lowered: Pointer,
  ): number
  distancesToOwn(
    tiles: Pointer,
    count: number,
    columns: number,
    weights: Pointer,
    labels: Pointer,
    centres: Pointer,
    distances: Pointer,
  ): number
  placeColumn(
    values: Pointer,
    count: number,
    offset: number,
    scale: number,
    tiles: Pointer,
    columns: number,
    column: number,
  ): number
  addMoments(values: Pointer, weights: Pointer, count: number, centre: number, sums: Pointer): void
}

/** The kernels over a memory of the caller's. */
export function instantiateKernels(memory: WebAssembly.Memory): Kernels {
  const { exports } = new WebAssembly.Instance(kernelModule, { env: { memory } })
  return exports as unknown as Kernels // assembly/ is compiled with the names and numbers above
}
