import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { basename, join } from 'node:path'
import { type BuildOptions, build, type Metafile, type Plugin, type SameShape, stop } from 'esbuild'
import type { FunctionConfig } from './wrangler-config.ts'

export type BundleEntry = Pick<FunctionConfig, 'name' | 'main'>

export interface Bundles {
  /** By function: names of the files in the folder, the main module first, then the compiled code that it imports. */
  modules: Readonly<Record<string, readonly string[]>>
  /** Paths, from the root, of everything that went in. */
  inputs: readonly string[]
}

/**
 * Bundles functions as wrangler does: same conditions, target and loaders, `node:` modules left to the runtime, and
 * `.wasm` imports as modules of their own, which the runtime compiles. In one build, which reads a shared file once.
 */
export async function bundle(root: string, entries: readonly BundleEntry[], folder: string): Promise<Bundles> {
  for (const { name, main } of entries) {
    if (existsSync(join(root, main))) continue
    throw new Error(`${main} is missing: wrangler.toml names it as the main file of [env.${name}]`)
  }
  mkdirSync(folder, { recursive: true })
  const { metafile } = await buildAlone({
    absWorkingDir: root,
    entryPoints: entries.map(({ name, main }) => ({ in: main, out: name })),
    outdir: folder,
    bundle: true,
    metafile: true,
    format: 'esm',
    target: 'es2024',
    supported: { 'import-source': true, using: true },
    conditions: ['workerd', 'worker', 'browser'],
    loader: { '.js': 'jsx', '.mjs': 'jsx', '.cjs': 'jsx' },
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
    plugins: [nodeModules, wasmModules(folder)],
  })
  const modules = Object.values(metafile.outputs).map((output) => {
    const file = entries.find(({ main }) => main === output.entryPoint)?.name
    if (file === undefined) throw new Error(`a bundle of unknown origin: ${output.entryPoint}`)
    return [file, [`${file}.js`, ...wasmImports(output)]]
  })
  return { modules: Object.fromEntries(modules), inputs: Object.keys(metafile.inputs) }
}

let running = 0

/** The bundler's process would stay, with all that it has read: it ends with the last build. */
async function buildAlone<T extends BuildOptions>(options: SameShape<BuildOptions, T>) {
  running++
  try {
    return await build(options)
  } finally {
    if (--running === 0) await stop()
  }
}

function wasmImports({ imports }: Metafile['outputs'][string]): string[] {
  return imports.flatMap(({ path }) => (path.endsWith('.wasm') ? [basename(path)] : []))
}

/** The runtime has Node's modules under their full names only. */
const nodeModules: Plugin = {
  name: 'node-modules',
  setup({ onResolve }) {
    onResolve({ filter: /^(node:|cloudflare:|[a-z_/]+$)/ }, ({ path }) => {
      if (path.startsWith('cloudflare:')) return { path, external: true }
      if (!isBuiltin(path)) return undefined
      return { path: path.startsWith('node:') ? path : `node:${path}`, external: true }
    })
  },
}

/** Puts compiled code beside the bundles, named by its content. */
function wasmModules(folder: string): Plugin {
  return {
    name: 'wasm-modules',
    setup({ onResolve, resolve }) {
      onResolve({ filter: /\.wasm(\?module)?$/ }, async ({ path, pluginData, ...from }) => {
        if (pluginData === wasmModules) return undefined
        // Wrangler has no loader for them: what cannot be deployed is not run here either.
        if (path.startsWith('#')) return { errors: [{ text: `${path} must be imported by its path` }] }
        const found = await resolve(path.replace(/\?module$/, ''), { ...from, pluginData: wasmModules })
        if (found.errors.length > 0) return { errors: found.errors }
        const bytes = readFileSync(found.path)
        const name = `${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}-${basename(found.path)}`
        const file = join(folder, name)
        if (!existsSync(file)) writeFileSync(file, bytes)
        return { path: `./${name}`, external: true }
      })
    },
  }
}
