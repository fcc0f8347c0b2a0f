import { kernelModule } from '#kernels'

/** A place in the kernels' memory, in bytes. */
export type Pointer = number

/** What `assembly/` exports. Nothing is checked inside: callers hand over pointers into their own arena. */
export interface Kernels {
  binColumn(values: Pointer, rows: number, cuts: Pointer, bins: Pointer, stride: number): void

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

  addToHistogram(rows: Pointer, count: number, bins: Pointer, stride: number, pairs: Pointer, histogram: Pointer): void

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

  assignToNearest(
    tiles: Pointer,
    count: number,
    columns: number,
    centres: Pointer,
    halfNorms: Pointer,
    clusters: number,
    labels: Pointer,
  ): number
  addToClusters(
    tiles: Pointer,
    count: number,
    columns: number,
    weights: Pointer,
    labels: Pointer,
    sums: Pointer,
  ): void
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
}

/** The kernels over a memory of the caller's. */
export function instantiateKernels(memory: WebAssembly.Memory): Kernels {
  const { exports } = new WebAssembly.Instance(kernelModule, { env: { memory } })
  return exports as unknown as Kernels // assembly/ is compiled with the names and numbers above
}
