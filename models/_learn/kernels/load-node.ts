import { readFileSync } from 'node:fs'

const file = new URL('../../../dist/kernels/learn.wasm', import.meta.url)

/** The compiled kernels, read from what `scripts/kernels.ts` makes. */
export const kernelModule = new WebAssembly.Module(readFileSync(file))
