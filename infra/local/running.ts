import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { acquireLock, FolderInUse } from './lock.ts'

const Running = z.object({
  pid: z.number(),
  publicUrl: z.string(),
  /** How other processes reach the database that this one holds. */
  database: z.object({ DATABASE_URL: z.string(), NEON_FETCH_ENDPOINT: z.string().optional() }),
})

export type Running = z.infer<typeof Running>

/** The state folder belongs to another living process. */
export class AlreadyRunning extends Error {
  readonly pid: number
  readonly publicUrl: string | undefined
  constructor(pid: number, publicUrl: string | undefined) {
    const where = publicUrl === undefined ? 'is starting' : `runs already at ${publicUrl}`
    super(`Auspex ${where} (process ${pid}). Stop it with Ctrl-C there, or with: kill ${pid}`)
    this.name = 'AlreadyRunning'
    this.pid = pid
    this.publicUrl = publicUrl
  }
}

export interface Claim {
  /** Lets others know where it runs. */
  announce(running: Omit<Running, 'pid'>): void
  release(): void
}

const noteIn = (stateDir: string) => join(stateDir, 'running.json')

/** @throws AlreadyRunning */
export function claimStateFolder(stateDir: string): Claim {
  try {
    const lock = acquireLock(join(stateDir, 'start'))
    return {
      // The address of the database lets whoever has it in.
      announce: (running) =>
        writeFileSync(noteIn(stateDir), JSON.stringify({ ...running, pid: process.pid }), { mode: 0o600 }),
      release() {
        rmSync(noteIn(stateDir), { force: true })
        lock.release()
      },
    }
  } catch (error) {
    if (error instanceof FolderInUse) throw new AlreadyRunning(error.pid, readNote(stateDir, error.pid)?.publicUrl)
    throw error
  }
}

/** What runs on this state folder now, if anything. */
export function findRunning(stateDir: string): Running | undefined {
  try {
    acquireLock(join(stateDir, 'start')).release()
    return undefined
  } catch (error) {
    if (error instanceof FolderInUse) return readNote(stateDir, error.pid)
    throw error
  }
}

/** A note of a process that was killed tells nothing of the one that runs now. */
function readNote(stateDir: string, pid: number): Running | undefined {
  try {
    const note = Running.parse(JSON.parse(readFileSync(noteIn(stateDir), 'utf8')))
    return note.pid === pid ? note : undefined
  } catch {
    return undefined
  }
}
