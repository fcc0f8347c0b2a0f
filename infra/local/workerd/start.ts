import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { bundle } from './bundle.ts'
import { type WorkerSpec, writeCapnp } from './capnp.ts'
import { startCrons } from './crons.ts'
import { readEnvNames, textBindings } from './function-env.ts'
import { type Supervisor, supervise } from './supervisor.ts'
import { type FunctionConfig, readWranglerConfig } from './wrangler-config.ts'

export interface PreparedFunctions {
  functions: readonly FunctionConfig[]
  /** The text bindings that each function would be given, by its name. */
  bindings(values: Values): Record<string, Record<string, string>>
  start(options: StartOptions): Promise<RunningFunctions>
}

/** What there is for functions: each gets those that its env.ts names. */
export type Values = Readonly<Record<string, string>>

export interface StartOptions {
  /** Of the gateway, on this machine only. */
  port: number
  values: Values
  onCrash?: (pauseMs: number, reason?: unknown) => void
}

export interface RunningFunctions {
  /** Runs the `scheduled` handler of a function, as its cron does. */
  runScheduled(functionName: string, cron: string): Promise<void>
  /** Process group of the runtime: it changes when the runtime is started again after a crash. */
  pid(): number
  logFile: string
  close(): Promise<void>
}

export interface PrepareOptions {
  root: string
  /** For bundles, configuration and the log; has secrets in it once started. */
  folder: string
  /** Told what build commands say of their progress. */
  onBuildLine?: ((line: string) => void) | undefined
}

const controlName = 'control'
const assetsName = 'assets'
const assetsOf = ({ workerName }: FunctionConfig) => `${workerName}-assets`
const filesOf = ({ workerName }: FunctionConfig) => `${workerName}-files`
const publicSocket = 'public'
const controlSocket = 'control'
const maximumLogBytes = 20 * 2 ** 20

/**
 * Bundles every function of `wrangler.toml`, so that they run here as they would run deployed: one Worker each, bound
 * to each other as the file says, with the vars that it gives.
 */
export async function prepareFunctions({ root, folder, onBuildLine }: PrepareOptions): Promise<PreparedFunctions> {
  const config = readWranglerConfig(root)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const own = (name: string) => ({ name, main: relative(root, join(import.meta.dirname, `${name}-worker.ts`)) })
  const built = Promise.all(
    config.functions.map((it) => it.buildCommand && runBuildCommand(root, it.buildCommand, onBuildLine)),
  )
  built.catch(() => undefined) // waited for at the start: what is built is not needed before
  const [{ modules }, envNames] = await Promise.all([
    bundle(root, [...config.functions, own(controlName), own(assetsName)], folder),
    Promise.all(config.functions.map((it) => readEnvNames(root, it))),
  ])

  const bindings = (values: Values) =>
    Object.fromEntries(config.functions.map((it, index) => [it.name, textBindings(it, envNames[index] ?? [], values)]))

  function workersOf(values: Values): WorkerSpec[] {
    const text = bindings(values)
    return config.functions.map((it) => ({
      name: it.workerName,
      modules: modules[it.name] ?? [],
      text: text[it.name] ?? {},
      services: { ...it.services, ...(it.assets && { [it.assets.binding]: assetsOf(it) }) },
    }))
  }

  /** What serves the static files of each function that has some, and the folders that they are in. */
  function staticFiles(): { workers: WorkerSpec[]; folders: Record<string, string> } {
    const withAssets = config.functions.flatMap((it) => (it.assets ? [{ it, directory: it.assets.directory }] : []))
    return {
      workers: withAssets.map(({ it }) => {
        const services = { FILES: filesOf(it) }
        return { name: assetsOf(it), modules: modules[assetsName] ?? [], text: {}, services }
      }),
      folders: Object.fromEntries(withAssets.map(({ it, directory }) => [filesOf(it), join(root, directory)])),
    }
  }

  function controlWorker(controlKey: string): WorkerSpec {
    return {
      name: controlName,
      modules: modules[controlName] ?? [],
      text: { CONTROL_KEY: controlKey },
      services: Object.fromEntries(config.functions.map(({ name, workerName }) => [name, workerName])),
      compatibilityFlags: ['service_binding_extra_handlers'],
    }
  }

  async function start({ port, values, onCrash }: StartOptions): Promise<RunningFunctions> {
    await built
    const controlKey = randomBytes(24).toString('base64url')
    const sockets = {
      [publicSocket]: { worker: gatewayOf(config.functions).workerName, address: `localhost:${port}` },
      [controlSocket]: { worker: controlName, address: '127.0.0.1:0' },
    }
    const { folders, workers: assetWorkers } = staticFiles()
    const workers = [...workersOf(values), ...assetWorkers, controlWorker(controlKey)]
    const configFile = join(folder, 'workerd.capnp')
    writeFileSync(configFile, writeCapnp({ ...config, workers, folders, sockets }), { mode: 0o600 })
    const logFile = openLog(folder)
    const supervisor = await supervise({ configFile, logFile, socketNames: Object.keys(sockets), onCrash })
    return operate(config.functions, supervisor, controlKey, logFile)
  }

  return { functions: config.functions, bindings, start }
}

function operate(functions: readonly FunctionConfig[], supervisor: Supervisor, controlKey: string, logFile: string) {
  async function runScheduled(functionName: string, cron: string) {
    const query = new URLSearchParams({ function: functionName, cron })
    const address = `http://127.0.0.1:${supervisor.current().ports[controlSocket]}/?${query}`
    const answer = await fetch(address, { method: 'POST', headers: { authorization: `Bearer ${controlKey}` } })
    if (!answer.ok) throw new Error(`${functionName} failed in its scheduled run: see ${logFile}`)
  }
  // What failed is in the log of the functions; the next run is on its way.
  const crons = startCrons(functions, (...call) => runScheduled(...call).catch(() => undefined))
  return {
    runScheduled,
    pid: () => supervisor.current().pid,
    logFile,
    async close() {
      crons.close()
      await supervisor.close()
    },
  }
}

function gatewayOf(functions: readonly FunctionConfig[]): FunctionConfig {
  const gateway = functions.find(({ name }) => name === 'gateway')
  if (!gateway) throw new Error('wrangler.toml has no [env.gateway], which all requests come in by')
  return gateway
}

/** As sysexits.h numbers it: what the command needs cannot be had now. The function says so when it is called. */
const temporaryFailure = 75

/** As wrangler does it, but with the Node of this process. */
async function runBuildCommand(root: string, command: string, onLine: (line: string) => void = () => {}) {
  const path = [dirname(process.execPath), process.env.PATH].join(delimiter)
  const env = { ...process.env, PATH: path }
  const child = spawn('/bin/sh', ['-c', command], { cwd: root, env, stdio: ['ignore', 'ignore', 'pipe'] })
  const lines: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => {
    lines.push(line)
    onLine(line)
  })
  const [code] = await once(child, 'close')
  if (code !== 0 && code !== temporaryFailure) throw new Error(`${command} failed:\n${lines.join('\n')}`)
}

function openLog(folder: string): string {
  const logFile = join(folder, 'functions.log')
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0
  if (size > maximumLogBytes) renameSync(logFile, `${logFile}.1`)
  return logFile
}
