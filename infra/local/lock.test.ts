import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { acquireLock, FolderInUse } from './lock.ts'

let home: string
let folder: string
let children: ChildProcess[]

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'auspex-lock-'))
  folder = join(home, 'data')
  children = []
})

afterEach(async () => {
  await Promise.all(children.map(end))
  rmSync(home, { recursive: true, force: true })
})

/** A process that tries once, says `held` or `refused`, and lives until its input ends. It never releases. */
async function givenRival(): Promise<{ pid: number; outcome: string; child: ChildProcess }> {
  const script = `
    import { acquireLock, FolderInUse } from ${JSON.stringify(new URL('./lock.ts', import.meta.url).href)}
    try { acquireLock(${JSON.stringify(folder)}); console.log('held') }
    catch (error) { console.log(error instanceof FolderInUse ? 'refused' : String(error)) }
    process.stdin.resume()`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] })
  children.push(child)
  const outcome = await new Promise<string>((resolve) => {
    child.stdout.once('data', (chunk) => resolve(String(chunk).trim()))
  })
  return { pid: child.pid ?? 0, outcome, child }
}

async function end(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await exited
}

function whoHolds(): number | undefined {
  try {
    acquireLock(folder).release()
    return undefined
  } catch (error) {
    if (error instanceof FolderInUse) return error.pid
    throw error
  }
}

test('a folder is held once, also within one process, until it is released', () => {
  const lock = acquireLock(folder)
  expect(whoHolds()).toBe(process.pid)
  lock.release()
  expect(whoHolds()).toBeUndefined()
  expect(readdirSync(home)).toEqual([])
})

test('a folder that another living process holds is refused by name, and free once that process is killed', async () => {
  const rival = await givenRival()
  expect(rival.outcome).toBe('held')
  expect(whoHolds()).toBe(rival.pid)
  await end(rival.child)
  expect(whoHolds()).toBeUndefined()
})

test('of many processes that come at once at most one gets the folder', async () => {
  const rivals = await Promise.all(Array.from({ length: 4 }, givenRival))
  expect(rivals.map(({ outcome }) => outcome).filter((outcome) => outcome !== 'refused').length).toBeLessThanOrEqual(1)
  expect(rivals.every(({ outcome }) => outcome === 'held' || outcome === 'refused')).toBe(true)
})

test('the claim of a dead process is swept away', () => {
  const { pid } = spawnSync(process.execPath, ['--version'])
  writeFileSync(`${folder}.lock.${pid}.12345`, '')
  const lock = acquireLock(folder)
  expect(readdirSync(home)).toHaveLength(1)
  lock.release()
})

test.runIf(process.platform === 'linux')(
  'a living process that only has the number of a dead holder does not count',
  () => {
    writeFileSync(`${folder}.lock.${process.ppid}.1`, '')
    writeFileSync(`${folder}.lock.${process.pid}.1`, '')
    expect(whoHolds()).toBeUndefined()
  },
)

test('a claim on a folder whose name begins alike is another claim', () => {
  const other = acquireLock(`${folder}.lock.copy`)
  expect(whoHolds()).toBeUndefined()
  other.release()
})
