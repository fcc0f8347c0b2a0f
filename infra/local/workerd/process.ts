import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { watched } from './watchdog.ts'

/** The file of the package beside it is a script that starts this one: a process more, and one that outlives signals. */
const binary = join(dirname(createRequire(import.meta.url).resolve('workerd/package.json')), 'bin', 'workerd')

const ControlMessage = z.object({ event: z.string(), socket: z.string().optional(), port: z.number().optional() })

export interface RuntimeOptions {
  configFile: string
  /** Where what the Workers print is appended. */
  logFile: string
  socketNames: readonly string[]
}

export interface RuntimeProcess {
  pid: number
  /** By the name of the socket. */
  ports: Readonly<Record<string, number>>
  exited: Promise<void>
  /** Ends it at once: whatever it had in hand is delivered again by the queue. */
  kill(): Promise<void>
}

/** Spawns `workerd` and waits until it listens. It dies with this process, however that ends. */
export async function spawnRuntime({ configFile, logFile, socketNames }: RuntimeOptions): Promise<RuntimeProcess> {
  const { command, args } = watched(binary, ['serve', configFile, '--experimental', '--control-fd=3'])
  const log = openSync(logFile, 'a')
  const logStart = fstatSync(log).size
  const child = spawn(command, args, { detached: true, stdio: ['pipe', log, log, 'pipe'] })
  closeSync(log)
  // Not `exit`, which is the watchdog's: the control pipe is closed when the runtime itself is gone, and its ports with it.
  child.once('exit', () => killGroup(child))
  const exited = once(child, 'close').then(() => undefined)
  const kill = async () => {
    killGroup(child)
    await exited
  }
  try {
    const early = exited.then(() => Promise.reject(new Error(`workerd did not start:\n${tailOf(logFile, logStart)}`)))
    const ports = await Promise.race([readPorts(child.stdio[3], socketNames), early])
    early.catch(() => undefined)
    return { pid: child.pid ?? 0, ports, exited, kill }
  } catch (error) {
    await kill()
    throw error
  }
}

/** The runtime names the port of each socket when it listens there, one JSON object a line. */
function readPorts(control: unknown, socketNames: readonly string[]): Promise<Record<string, number>> {
  if (!(control instanceof Readable)) throw new Error('the runtime has no control pipe')
  const ports: Record<string, number> = {}
  return new Promise((resolve) => {
    createInterface({ input: control }).on('line', (line) => {
      const { socket, port } = ControlMessage.parse(JSON.parse(line))
      if (socket !== undefined && port !== undefined) ports[socket] = port
      if (socketNames.every((name) => name in ports)) resolve(ports)
    })
  })
}

function tailOf(logFile: string, start: number): string {
  return readFileSync(logFile).subarray(start).toString().slice(-4_000)
}

/** The group has the watchdog and the runtime; both may be gone already. */
function killGroup({ pid }: ChildProcess) {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
