import { kernelModule } from '#kernels'

/** A place in the kernels' memory, in bytes. */
export type Pointer = number

/** What `assembly/` exports. Nothing is checked inside: callers hand over pointers into their own arena. */
export interface Kernels {
  binColumn(values: Pointer, rows: number, cuts: Pointer, bins: Pointer, stride: number): void

  addToHistogram(rows: Pointer, count: number, bins: Pointer, stride: number, pairs: Pointer, histogram: Pointer): void
}

/** The kernels over a memory of the caller's. */
export function instantiateKernels(memory: WebAssembly.Memory): Kernels {
  const { exports } = new WebAssembly.Instance(kernelModule, { env: { memory } })
  return exports as unknown as Kernels // assembly/ is compiled with the names and numbers above
}
