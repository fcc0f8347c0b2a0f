import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openPGlite } from './pglite-backend.ts'
import { startPostgres } from './start.ts'
import { describeContract } from './testing/contract.ts'

describeContract(() => startPostgres())

test.each(['memory', 'a folder'])(
  'a statement that breaks Postgres down fails alone: what is committed in %s is there after',
  async (place) => {
    const home = mkdtempSync(join(tmpdir(), 'auspex-breakdown-'))
    const backend = await openPGlite(place === 'memory' ? undefined : join(home, 'data'))
    const run = async (query: string, params: string[] = []) =>
      (await backend.run([{ query, params }], undefined))[0]?.rows
    try {
      await backend.exec('create table kept (n int)')
      for (const round of [1, 2]) {
        await run('insert into kept values (1)')
        // Deeper than the stack of the engine that runs the WebAssembly.
        const breaking = run('select $1::jsonb', ['['.repeat(100_000)])
        await expect(breaking).rejects.toThrow('broke down')
        expect(await run('select count(*) from kept')).toEqual([[`${round}`]])
      }
    } finally {
      await backend.close()
      rmSync(home, { recursive: true, force: true })
    }
  },
)
