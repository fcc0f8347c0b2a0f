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

export interface WorkerBindings {
  text?: Readonly<Record<string, string>>
  /** Binding -> the folder whose files it serves, as the platform's assets. */
  assets?: Readonly<Record<string, string>>
}

const assetsMain = 'infra/local/workerd/assets-worker.ts'

/** Starts the Worker of a main file, named from the root; it ends, and its files go, when it is disposed of. */
export async function startWorker(
  main: string,
  { text = {}, assets = {} }: WorkerBindings = {},
): Promise<RunningWorker> {
  const folder = await mkdtemp(join(tmpdir(), 'auspex-worker-'))
  const entries = [
    { name: 'worker', main },
    ...(Object.keys(assets).length > 0 ? [{ name: 'assets', main: assetsMain }] : []),
  ]
  const { modules } = await bundle(root, entries, folder)
  const serving = Object.keys(assets).map((binding) => {
    const services = { FILES: `${binding}-files` }
    return { name: `${binding}-assets`, modules: modules.assets ?? [], text: {}, services }
  })
  const services = Object.fromEntries(Object.keys(assets).map((binding) => [binding, `${binding}-assets`]))
  const configFile = join(folder, 'config.capnp')
  await writeFile(
    configFile,
    writeCapnp({
      compatibilityDate: readWranglerConfig(root).compatibilityDate,
      compatibilityFlags: [],
      workers: [{ name: 'worker', modules: modules.worker ?? [], text, services }, ...serving],
      folders: Object.fromEntries(Object.entries(assets).map(([binding, path]) => [`${binding}-files`, path])),
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
