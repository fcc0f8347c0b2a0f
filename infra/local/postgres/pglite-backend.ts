import { resolve } from 'node:path'
import { PGlite, type PGliteOptions } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { unaccent } from '@electric-sql/pglite/contrib/unaccent'
import { vector } from '@electric-sql/pglite-pgvector'
import { acquireLock } from '../lock.ts'
import type { Backend } from './backend.ts'
import { PGliteSession, SessionBroken } from './pglite-session.ts'
import { ensureDataFolder, MemoryFolder, templateFolder } from './template.ts'
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
  if (dataDir === undefined) {
    const template = await templateFolder()
    return connect(
      (broken) => ({ fs: new MemoryFolder(broken?.Module.FS ?? template) }),
      () => {},
    )
  }
  const folder = resolve(dataDir)
  const lock = acquireLock(folder)
  try {
    await ensureDataFolder(folder)
    return await connect(() => ({ dataDir: folder, relaxedDurability: false }), lock.release)
  } catch (error) {
    lock.release()
    throw error
  }
}

/** Where the files are: at first, and after a breakdown of the database that had them open. */
type Locate = (broken: PGlite | undefined) => PGliteOptions

interface Connection {
  db: PGlite
  session: PGliteSession
}

async function open(options: PGliteOptions): Promise<Connection> {
  const db = await PGlite.create({ ...options, extensions: { vector, pg_trgm, unaccent } })
  return { db, session: new PGliteSession(db) }
}

async function connect(locate: Locate, onClose: () => void): Promise<Backend> {
  let connection = Promise.resolve(await open(locate(undefined)))
  let runs = 0

  /** After a breakdown the files are as after a crash, and Postgres recovers from them when it is opened anew. */
  const use = async <T>(work: (session: PGliteSession) => T): Promise<T> => {
    const used = connection
    const { db, session } = await used
    try {
      return work(session)
    } catch (error) {
      // The broken one is dropped, not closed: closing would write what it holds in memory.
      if (error instanceof SessionBroken && connection === used) {
        connection = open(locate(db))
        // Should that fail, whoever asks next hears of it.
        connection.catch(() => {})
      }
      throw error
    }
  }

  return {
    run: (statements, transaction) => {
      runs++
      if (runs % runsBetweenTidying === 0) setImmediate(() => use(tidyOneTable).catch(console.error))
      return use((session) => session.run(statements, transaction))
    },
    exec: (sqlText) => use((session) => session.exec(sqlText)),
    async close() {
      try {
        const { db, session } = await connection
        session.exec('CHECKPOINT')
        await db.close()
      } finally {
        onClose()
      }
    },
  }
}
