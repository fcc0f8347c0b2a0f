import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

export interface FolderLock {
  release(): void
}

/** Another living process holds the folder. */
export class FolderInUse extends Error {
  readonly folder: string
  readonly pid: number
  constructor(folder: string, pid: number) {
    super(`${folder} is in use by process ${pid}: stop that process first, one folder belongs to one process`)
    this.name = 'FolderInUse'
    this.folder = folder
    this.pid = pid
  }
}

/**
 * Claims a folder (which need not exist yet) for this process, so that two processes never open one database.
 *
 * A claim is an empty file beside the folder whose name says who holds it. Everybody writes the own claim first and looks
 * at the others after, so of two that come at the same moment at least one sees the other and steps back; possibly both
 * do, never does nobody. Claims of dead processes are swept away, also when their number was given to a new process.
 *
 * Processes of other machines or containers are not seen.
 *
 * @throws FolderInUse with the number of the process that holds it
 */
export function acquireLock(folder: string): FolderLock {
  const path = resolve(folder)
  mkdirSync(dirname(path), { recursive: true })
  const own = claimPath(path, { pid: process.pid, startedAt: startOf(process.pid) ?? '0' })
  writeClaim(own, path)
  for (const other of claimsOn(path)) {
    if (other.path === own) continue
    if (!isAlive(other)) {
      rmSync(other.path, { force: true })
      continue
    }
    rmSync(own, { force: true })
    throw new FolderInUse(path, other.pid)
  }
  return { release: () => rmSync(own, { force: true }) }
}

interface Holder {
  pid: number
  /** What the system says about when the process started; '0' where it does not say. */
  startedAt: string
}

function claimPath(folder: string, { pid, startedAt }: Holder): string {
  return `${folder}.lock.${pid}.${startedAt}`
}

function writeClaim(claim: string, folder: string) {
  try {
    closeSync(openSync(claim, 'wx'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw new FolderInUse(folder, process.pid)
    throw error
  }
}

function claimsOn(folder: string): (Holder & { path: string })[] {
  const prefix = `${basename(folder)}.lock.`
  return readdirSync(dirname(folder))
    .filter((name) => name.startsWith(prefix))
    .flatMap((name) => {
      const [, pid, startedAt] = /^(\d+)\.(\d+)$/.exec(name.slice(prefix.length)) ?? []
      return pid && startedAt ? [{ pid: Number(pid), startedAt, path: join(dirname(folder), name) }] : []
    })
}

function isAlive({ pid, startedAt }: Holder): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: alive, and somebody else's.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  // Elsewhere than on Linux a number given to a new process is not noticed: the message names it, a person decides.
  return startOf(process.pid) === undefined || startOf(pid) === startedAt
}

/** Start of a process in clock ticks since boot; undefined when it is dead or the system has no /proc. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The second field is the program's name in brackets and may itself hold spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const isZombie = fields[0] === 'Z' || fields[0] === 'X'
    return isZombie ? undefined : fields[19]
  } catch {
    return undefined
  }
}
