import { resolve } from 'node:path'
import { PGlite, type PGliteOptions } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { unaccent } from '@electric-sql/pglite/contrib/unaccent'
import { vector } from '@electric-sql/pglite-pgvector'
import { acquireLock } from '../lock.ts'
import type { Backend } from './backend.ts'
import { PGliteSession } from './pglite-session.ts'
import { ensureDataFolder, MemoryFromTemplate, templateFolder } from './template.ts'
import { tidyOneTable } from './tidy.ts'

const runsBetweenTidying = 4000

/**
 * Postgres compiled to WebAssembly, in this process. One session and one query at a time.
 *
 * A commit survives the death of the process (relaxed durability is off), not a power cut (the build never calls fsync).
 * Its clock counts milliseconds, so rows cannot be put in order by timestamp alone.
 *
 * @param dataDir absent: in memory
 * @throws FolderInUse when another process has the folder open
 */
export async function openPGlite(dataDir?: string): Promise<Backend> {
  if (dataDir === undefined) return connect({ fs: new MemoryFromTemplate(await templateFolder()) }, () => {})
  const folder = resolve(dataDir)
  const lock = acquireLock(folder)
  try {
    await ensureDataFolder(folder)
    return await connect({ dataDir: folder, relaxedDurability: false }, lock.release)
  } catch (error) {
    lock.release()
    throw error
  }
}

async function connect(options: PGliteOptions, onClose: () => void): Promise<Backend> {
  const db = await PGlite.create({ ...options, extensions: { vector, pg_trgm, unaccent } })
  const session = new PGliteSession(db)
  let runs = 0
  return {
    async run(statements, transaction) {
      runs++
      if (runs % runsBetweenTidying === 0) setImmediate(() => db.closed || tidyOneTable(session))
      return session.run(statements, transaction)
    },
    exec: async (sqlText) => session.exec(sqlText),
    async close() {
      try {
        session.exec('CHECKPOINT')
        await db.close()
      } finally {
        onClose()
      }
    },
  }
}
