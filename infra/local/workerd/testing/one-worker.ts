import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from '../bundle.ts'
import { writeCapnp } from '../capnp.ts'
import { spawnRuntime } from '../process.ts'
import { readWranglerConfig } from '../wrangler-config.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))

/** A Worker that runs alone. */
export interface RunningWorker extends AsyncDisposable {
  url: string
  /** Of the watchdog that runs the runtime. */
  pid: number
}

/** Starts the Worker of a main file, named from the root; it ends, and its files go, when it is disposed of. */
export async function startWorker(main: string): Promise<RunningWorker> {
  const folder = await mkdtemp(join(tmpdir(), 'auspex-worker-'))
  const { modules } = await bundle(root, [{ name: 'worker', main }], folder)
  const configFile = join(folder, 'config.capnp')
  await writeFile(
    configFile,
    writeCapnp({
      compatibilityDate: readWranglerConfig(root).compatibilityDate,
      compatibilityFlags: [],
      workers: [{ name: 'worker', modules: modules.worker ?? [], text: {}, services: {} }],
      folders: {},
      sockets: { http: { worker: 'worker', address: '127.0.0.1:0' } },
    }),
  )
  const runtime = await spawnRuntime({ configFile, logFile: join(folder, 'workerd.log'), socketNames: ['http'] })
  return {
    url: `http://127.0.0.1:${runtime.ports.http}/`,
    pid: runtime.pid,
    async [Symbol.asyncDispose]() {
      await runtime.kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
