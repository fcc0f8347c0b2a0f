import { spawnSync } from 'node:child_process'
import { delimiter, join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const binaries = join(root, 'node_modules/.bin')

/** Runs a tool of the project in the foreground, on the pinned Node. @returns its exit code */
export function runTool(name: string, args: string[]): number {
  const env = { ...process.env, PATH: binaries + delimiter + (process.env.PATH ?? '') }
  const { status, error } = spawnSync(join(binaries, name), args, { cwd: root, stdio: 'inherit', env })
  if (error) throw error
  return status ?? 1
}

/** Runs tools one after another until one fails, which then ends the process. */
export function runAll(tools: readonly [name: string, ...args: string[]][]): void {
  for (const [name, ...args] of tools) {
    const code = runTool(name, args)
    if (code !== 0) process.exit(code)
  }
}
