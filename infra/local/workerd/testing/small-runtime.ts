import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeCapnp } from '../capnp.ts'
import type { RuntimeOptions } from '../process.ts'
import { readWranglerConfig } from '../wrangler-config.ts'

const root = join(import.meta.dirname, '../../../..')

/** A runtime with one Worker that answers with its bindings. */
export function smallRuntime(folder: string, text: Readonly<Record<string, string>> = {}): RuntimeOptions {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'echo.js'), 'export default { fetch: (request, env) => Response.json(env) }')
  const configFile = join(folder, 'workerd.capnp')
  const workers = [{ name: 'echo', modules: ['echo.js'], text, services: {} }]
  const sockets = { http: { worker: 'echo', address: '127.0.0.1:0' } }
  const { compatibilityDate } = readWranglerConfig(root)
  const spec = { compatibilityDate, compatibilityFlags: [], workers, folders: {}, sockets }
  writeFileSync(configFile, writeCapnp(spec))
  return { configFile, logFile: join(folder, 'runtime.log'), socketNames: ['http'] }
}
