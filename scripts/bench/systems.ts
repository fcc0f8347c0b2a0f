import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** Something that the load generator can drive. */
export interface System {
  name: 'peer' | 'auspex'
  /** File of the load generator that maps its paths. */
  target: string
  base: string
  stop(): Promise<void>
}

const root = join(import.meta.dirname, '../..')

/** The programs that stand beside this project: elsewhere where `AUSPEX_PEERS` says so. */
export const peersFolder = resolve(process.env.AUSPEX_PEERS ?? join(root, '../shared/peers'))

export function pythonOf(peers: string): string {
  return join(process.env.AUSPEX_PEERS_VENV ?? resolve(peers, '../../peers-venv'), 'bin/python')
}

/** The classic stack: FastAPI, RQ, Redis, PostgreSQL. */
export async function startPeer(peers: string): Promise<System> {
  const script = join(peers, 'peer_async_ml/run.sh')
  const stop = async () => void spawnSync(script, ['stop'], { stdio: 'ignore' })
  const { status } = spawnSync(script, ['start'], { stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) throw new Error('the classic stack did not start: see its README')
  const base = `http://127.0.0.1:${process.env.PEER_PORT ?? 8100}`
  return { name: 'peer', target: 'peer_async_ml.json', base, stop }
}

/** This project as `npm start` runs it, with a state folder of its own. */
export async function startAuspex(stateDir = mkdtempSync(join(tmpdir(), 'auspex-bench-'))): Promise<System> {
  const port = await freePort()
  const env = { ...process.env, PORT: String(port), AUSPEX_STATE_DIR: stateDir }
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'scripts/start.ts')], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const base = `http://127.0.0.1:${port}`
  await untilReady(base, child)
  const stop = () =>
    new Promise<void>((resolveStop) => {
      child.once('exit', () => resolveStop())
      child.kill('SIGTERM')
    })
  return { name: 'auspex', target: 'auspex.json', base, stop }
}

async function untilReady(base: string, child: { exitCode: number | null }) {
  const deadline = Date.now() + 120_000
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`${base}/health`).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((resolveWait) => setTimeout(resolveWait, 100))
  }
  throw new Error('Auspex did not start')
}

function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolvePort(address.port) : reject(new Error('no port')),
      )
    })
  })
}
