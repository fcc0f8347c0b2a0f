/** The compiled kernels: a Worker may not compile bytes, so that the bundler hands over a module (by its path, else wrangler does not). */
export { default as kernelModule } from '../../../dist/kernels/learn.wasm'
