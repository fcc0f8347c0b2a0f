import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'

const packageFile = createRequire(import.meta.url).resolve('wrangler/package.json')
const program = join(dirname(packageFile), 'bin', 'wrangler.js')

export interface WranglerRun {
  code: number
  /** Both streams together, as they came. */
  output: string
}

/** Runs the pinned wrangler on the Node of this process, without asking anything and without telling anybody. */
export function runWrangler(root: string, args: readonly string[]): Promise<WranglerRun> {
  const path = [dirname(process.execPath), process.env.PATH].join(delimiter)
  const quiet = { WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true', CI: 'true' }
  const child = spawn(process.execPath, [program, ...args], {
    cwd: root,
    env: { ...process.env, ...quiet, PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const collect = (chunk: Buffer) => {
    output += chunk
  }
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
