import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { unlessCurrent } from './lib/unless-current.ts'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'dist/assets')
const swaggerUi = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))

/** Gathers the static files that the gateway serves in one folder, as the platform wants them. */
export async function buildAssets() {
  gatherDocs()
  await buildConsole()
}

function gatherDocs() {
  rmSync(join(folder, 'docs'), { recursive: true, force: true })
  cpSync(join(root, 'functions/gateway/assets'), folder, { recursive: true })
  mkdirSync(join(folder, 'docs'), { recursive: true })
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js'])
    cpSync(join(swaggerUi, file), join(folder, 'docs', file))
}

/** Builds the console, unless it is there as its sources are now. */
async function buildConsole() {
  const [stamp, file] = [join(root, 'dist/console.sha256'), join(folder, 'console/index.html')]
  await unlessCurrent({ stamp, hash: hashSources(), file }, async () => {
    const { buildConsole } = await import('#functions/console/build.ts')
    await buildConsole()
  })
}

/** Pages also use what functions and models share with them, such as the rules of passwords and manifests. */
function hashSources(): string {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')))
  for (const room of ['functions', 'models'])
    for (const entry of readdirSync(join(root, room), { recursive: true, withFileTypes: true }).sort(byName))
      if (entry.isFile()) hash.update(entry.name).update(readFileSync(join(entry.parentPath, entry.name)))
  return hash.digest('hex')
}

function byName(a: { parentPath: string; name: string }, b: { parentPath: string; name: string }): number {
  return join(a.parentPath, a.name) < join(b.parentPath, b.name) ? -1 : 1
}

if (import.meta.main) await buildAssets()
