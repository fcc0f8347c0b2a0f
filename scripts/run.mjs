// Runs a script of this project on the Node version that the project pins, after bringing the dependencies up to date.
// Plain JavaScript for old Nodes: this is the only file that runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stamp = join(root, 'node_modules', '.auspex-lock.sha256')
const [script, ...args] = process.argv.slice(2)

const major = Number(process.versions.node.split('.')[0])
if (major < 20) {
  console.error(`Auspex needs Node 20 or newer to start (this is ${process.version}); see https://nodejs.org`)
  process.exit(1)
}

function installDependencies() {
  const lockHash = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash) return
  console.log('Installing dependencies (once, about a minute) ...')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const { status, error } = spawnSync(npm, ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0) {
    console.error(error ? `npm could not be started: ${error.message}` : 'npm ci failed: see its messages above')
    process.exit(1)
  }
  writeFileSync(stamp, lockHash)
}

installDependencies()
const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
if (!existsSync(node)) {
  console.error('The pinned Node was not installed with the dependencies. Delete node_modules and try again.')
  process.exit(1)
}
const wasm = spawnSync(node, [join(root, 'scripts', 'wasm.ts')], { stdio: 'inherit' })
if (wasm.status !== 0) process.exit(1)
const child = spawn(node, ['--disable-warning=ExperimentalWarning', join(root, script), ...args], {
  cwd: root,
  stdio: 'inherit',
})
// The terminal sends Ctrl-C to the whole group; a signal sent to this process alone is passed on.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
