import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { neon, neonConfig } from '@neondatabase/serverless'
import { expect, test } from 'vitest'
import { FolderInUse } from '../lock.ts'
import { startPostgres } from './start.ts'

const writer = fileURLToPath(new URL('./testing/crash-writer.ts', import.meta.url))

/** Lets a process commit until `killAfter` commits were answered, then ends it without warning. */
async function crashAfter(dataDir: string, killAfter: number, whileAlive: () => Promise<void>): Promise<number> {
  const child = spawn(process.execPath, [writer, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = new Promise((resolve) => child.once('exit', resolve))
  let answered = 0
  let lastAnswered = 0
  for await (const line of createInterface({ input: child.stdout })) {
    lastAnswered = Number(line)
    answered++
    if (answered === 1) await whileAlive()
    if (answered === killAfter) child.kill('SIGKILL')
  }
  await exited
  return lastAnswered
}

async function committedPairs(dataDir: string): Promise<{ lefts: number[]; rights: number[] }> {
  const postgres = await startPostgres({ dataDir })
  neonConfig.fetchEndpoint = postgres.fetchEndpoint
  const sql = neon(postgres.connectionString)
  const [lefts = [], rights = []] = await sql.transaction([
    sql`select n from lefts order by n`,
    sql`select n from rights order by n`,
  ])
  await postgres.close()
  return { lefts: lefts.map(({ n }) => n), rights: rights.map(({ n }) => n) }
}

test('a process killed while it writes loses no answered commit, leaves none half done, and frees its folder', async () => {
  const home = mkdtempSync(join(tmpdir(), 'auspex-crash-'))
  const dataDir = join(home, 'data')
  try {
    for (const killAfter of [1, 40, 230]) {
      const lastAnswered = await crashAfter(dataDir, killAfter, async () => {
        await expect(startPostgres({ dataDir })).rejects.toThrow(FolderInUse)
      })
      const { lefts, rights } = await committedPairs(dataDir)
      expect(lefts.length).toBeGreaterThanOrEqual(lastAnswered)
      expect(lefts).toEqual(Array.from({ length: lefts.length }, (_, i) => i + 1))
      expect(rights).toEqual(lefts)
    }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
})
