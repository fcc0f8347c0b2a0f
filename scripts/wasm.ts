import { buildKernels } from './kernels.ts'
import { buildOrt } from './ort.ts'

/** Makes the WASM that functions and tests are bundled with, unless it is there. */
export async function buildWasm() {
  await Promise.all([buildKernels(), buildOrt()])
}

if (import.meta.main) await buildWasm()
