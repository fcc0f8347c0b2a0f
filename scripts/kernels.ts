import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import compiler from 'assemblyscript/package.json' with { type: 'json' }

const root = join(import.meta.dirname, '..')
const sources = join(root, 'models/_learn/kernels/assembly')
const folder = join(root, 'dist/kernels')
const OPTIONS = [
  ...['--optimizeLevel', '3', '--shrinkLevel', '0', '--converge', '--noAssert', '--runtime', 'stub'],
  ...['--enable', 'simd', '--enable', 'threads', '--importMemory', '--sharedMemory', '--maximumMemory', '65536'],
]

/** Compiles the learners' kernels to `dist/kernels/learn.wasm`, unless they are there. */
export async function buildKernels() {
  const made = join(folder, 'learn.sha256')
  const hash = hashSources()
  if (existsSync(made) && readFileSync(made, 'utf8') === hash) return
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `learn.${process.pid}.wasm`)
  const { default: asc } = await import('assemblyscript/asc')
  const { error, stderr } = await asc.main([join(sources, 'index.ts'), '--outFile', file, ...OPTIONS])
  if (error) throw new Error(`the kernels do not compile:\n${stderr.toString()}`)
  renameSync(file, join(folder, 'learn.wasm')) // others may be reading the old one
  writeFileSync(made, hash)
}

function hashSources(): string {
  const hash = createHash('sha256').update(compiler.version).update(OPTIONS.join(' '))
  for (const name of readdirSync(sources).sort()) hash.update(name).update(readFileSync(join(sources, name)))
  return hash.digest('hex')
}

if (import.meta.main) await buildKernels()
