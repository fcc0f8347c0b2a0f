import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import { EmscriptenBuiltinFilesystem } from '@electric-sql/pglite/basefs'
import { z } from 'zod'
import { acquireLock, FolderInUse } from '../lock.ts'

const cacheFolder = fileURLToPath(new URL('../../../.cache/', import.meta.url))

/**
 * A freshly initialised data folder of the embedded Postgres, made once (seconds) and copied from then on (a tenth of one).
 * Of processes that start together one makes it and the others wait.
 */
export async function templateFolder(): Promise<string> {
  const folder = join(cacheFolder, `pglite-${await pgliteVersion()}-template`)
  while (!existsSync(folder)) {
    try {
      const lock = acquireLock(folder)
      await makeTemplate(folder).finally(lock.release)
    } catch (error) {
      if (!(error instanceof FolderInUse)) throw error
      // Different for every process, so that two do not step back from each other for ever.
      await setTimeout(100 + (process.pid % 100))
    }
  }
  return folder
}

async function makeTemplate(folder: string) {
  if (existsSync(folder)) return
  await mkdir(cacheFolder, { recursive: true })
  const draft = await mkdtemp(`${folder}.draft-`)
  try {
    // Small log segments: a new database is 30 MB instead of 44, and its log stays below 64 MB.
    const db = await PGlite.create({ dataDir: draft, initDbStartParams: ['--wal-segsize=1'] })
    await db.exec('checkpoint')
    await db.close()
    await rename(draft, folder)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/** Fills `dataDir` from the template unless it already holds a database. The caller holds the lock of the folder. */
export async function ensureDataFolder(dataDir: string) {
  if (existsSync(join(dataDir, 'PG_VERSION'))) return
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0) {
    throw new Error(`${dataDir} is neither empty nor a database: choose another folder`)
  }
  // Copied beside it and renamed: a copy cut short by a crash is never taken for a database.
  const draft = `${dataDir}.draft`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(dirname(draft), { recursive: true })
  cpSync(await templateFolder(), draft, { recursive: true })
  await rename(draft, dataDir)
}

type Init = EmscriptenBuiltinFilesystem['init']
type EmscriptenFs = PGlite['Module']['FS']

/** A database in memory that begins as a copy of the template, or of what another left in memory. */
export class MemoryFolder extends EmscriptenBuiltinFilesystem {
  readonly #source: string | EmscriptenFs

  constructor(source: string | EmscriptenFs) {
    super()
    this.#source = source
  }

  override async init(...[pg, options]: Parameters<Init>): ReturnType<Init> {
    this.pg = pg
    const fill: NonNullable<typeof options.preRun>[number] = ({ FS }) => {
      FS.mkdirTree(PGlite.paths.PGDATA)
      if (typeof this.#source === 'string') copyFromDisk(this.#source, FS)
      else copyFromMemory(this.#source, FS, PGlite.paths.PGDATA)
    }
    return { emscriptenOpts: { ...options, preRun: [...(options.preRun ?? []), fill] } }
  }

  override async closeFs() {
    this.pg?.Module.FS.quit()
  }
}

function copyFromDisk(source: string, target: EmscriptenFs) {
  for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const targetPath = `${PGlite.paths.PGDATA}${path.slice(source.length)}`
    if (entry.isDirectory()) target.mkdirTree(targetPath)
    else target.writeFile(targetPath, readFileSync(path), { canOwn: true })
  }
}

function copyFromMemory(source: EmscriptenFs, target: EmscriptenFs, folder: string) {
  for (const name of source.readdir(folder)) {
    if (name === '.' || name === '..') continue
    const path = `${folder}/${name}`
    if (source.isDir(source.stat(path).mode)) {
      target.mkdirTree(path)
      copyFromMemory(source, target, path)
    } else {
      target.writeFile(path, source.readFile(path), { canOwn: true })
    }
  }
}

async function pgliteVersion(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  const file = join(dirname(entry), '../package.json')
  return z.object({ version: z.string() }).parse(JSON.parse(await readFile(file, 'utf8'))).version
}
