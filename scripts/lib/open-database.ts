import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createDatabase, type Database } from '#db/client.ts'
import { findRunning } from '#infra/local/running.ts'
import { startDatabase } from '#infra/local/services.ts'
import { readSettings } from '#infra/local/settings.ts'
import { stateFolder } from './state-folder.ts'

export interface OpenDatabase {
  db: Database
  /** Where it is, for people. */
  place: string
  /** Where its functions answer, if they run here. */
  publicUrl?: string
  /** Is it one of this machine's own, with demo accounts? */
  isEmbedded: boolean
  close(): Promise<void>
}

/**
 * The database that a command is about: the one that the environment names, else the one that runs here, else the one
 * that `npm start` left behind, which is opened for as long as the command takes.
 */
export async function openDatabase(stateDir = stateFolder): Promise<OpenDatabase> {
  const { database } = readSettings(process.env)
  if (database.kind !== 'embedded') return open(database, stateDir, 'the database of DATABASE_URL')
  // To look for who runs leaves a trace where nothing ever ran.
  const running = existsSync(stateDir) ? findRunning(stateDir) : undefined
  if (running) {
    const { DATABASE_URL, NEON_FETCH_ENDPOINT } = running.database
    const db = createDatabase(DATABASE_URL, NEON_FETCH_ENDPOINT)
    const { publicUrl } = running
    return { db, place: `the database of ${publicUrl}`, publicUrl, isEmbedded: true, close: async () => {} }
  }
  if (existsSync(join(stateDir, 'postgres'))) return open(database, stateDir, `the database in ${stateDir}`)
  throw new Error('There is no database yet: run npm start, or set DATABASE_URL')
}

async function open(database: Parameters<typeof startDatabase>[0], stateDir: string, place: string) {
  const { values, close } = await startDatabase(database, stateDir)
  const db = createDatabase(values.DATABASE_URL ?? '', values.NEON_FETCH_ENDPOINT)
  return { db, place, isEmbedded: database.kind === 'embedded', close }
}
