import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import compiler from 'assemblyscript/package.json' with { type: 'json' }
import { unlessCurrent } from './lib/unless-current.ts'

const root = join(import.meta.dirname, '..')
const sources = join(root, 'models/_learn/kernels/assembly')
const folder = join(root, 'dist/kernels')
const OPTIONS = [
  ...['--optimizeLevel', '3', '--shrinkLevel', '0', '--converge', '--noAssert', '--runtime', 'stub'],
  ...['--enable', 'simd', '--enable', 'threads', '--importMemory', '--sharedMemory', '--maximumMemory', '65536'],
]

/** Compiles the learners' kernels to `dist/kernels/learn.wasm`, unless they are there. */
export async function buildKernels() {
  const [stamp, file] = [join(folder, 'learn.sha256'), join(folder, 'learn.wasm')]
  await unlessCurrent({ stamp, hash: hashSources(), file }, () => compile(file))
}

async function compile(product: string) {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `learn.${process.pid}.wasm`)
  const { default: asc } = await import('assemblyscript/asc')
  const { error, stderr } = await asc.main([join(sources, 'index.ts'), '--outFile', file, ...OPTIONS])
  if (error) throw new Error(`the kernels do not compile:\n${stderr.toString()}`)
  renameSync(file, product) // others may be reading the old one
}

function hashSources(): string {
  const hash = createHash('sha256').update(compiler.version).update(OPTIONS.join(' '))
  for (const name of readdirSync(sources).sort()) hash.update(name).update(readFileSync(join(sources, name)))
  return hash.digest('hex')
}
