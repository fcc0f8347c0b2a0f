import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '..')
const swaggerUi = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))

/** Gathers the static files that the gateway serves in one folder, as the platform wants them. */
export function buildAssets(folder = join(root, 'dist/assets')) {
  rmSync(folder, { recursive: true, force: true })
  cpSync(join(root, 'functions/gateway/assets'), folder, { recursive: true })
  mkdirSync(join(folder, 'docs'), { recursive: true })
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js'])
    cpSync(join(swaggerUi, file), join(folder, 'docs', file))
}

if (import.meta.main) buildAssets()
