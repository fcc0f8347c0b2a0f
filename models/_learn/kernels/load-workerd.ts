/** The compiled kernels: a Worker may not compile bytes, so that the bundler hands over a module. */
export { default as kernelModule } from '#kernels.wasm'
