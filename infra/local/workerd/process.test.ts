import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { spawnRuntime } from './process.ts'
import { supervise } from './supervisor.ts'
import { smallRuntime } from './testing/small-runtime.ts'

const folder = mkdtempSync(join(tmpdir(), 'auspex-workerd-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const answerOf = async (port: number | undefined) => (await fetch(`http://127.0.0.1:${port}/`)).json()

function isAlive(processGroup: number): boolean {
  try {
    process.kill(-processGroup, 0)
    return true
  } catch {
    return false
  }
}

async function until(condition: () => boolean) {
  while (!condition()) await pause(10)
}

test('every text reaches a Worker as it was given', async () => {
  const texts = fc.sample(fc.string({ unit: 'binary', maxLength: 40 }), { numRuns: 200, seed: 3 })
  const bindings = Object.fromEntries([...texts, '"\\\n\t\u0000é漢😀'].map((text, index) => [`TEXT_${index}`, text]))
  const runtime = await spawnRuntime(smallRuntime(join(folder, 'texts'), bindings))
  expect(await answerOf(runtime.ports.http)).toEqual(bindings)
  await runtime.kill()
})

test('kill -9 of the process that started it leaves no runtime behind', async () => {
  const parent = spawn(process.execPath, [join(import.meta.dirname, 'testing/parent.ts'), join(folder, 'orphan')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const early = once(parent, 'exit').then(() => Promise.reject(new Error('the parent has ended by itself')))
  const [line] = await Promise.race([once(createInterface({ input: parent.stdout }), 'line'), early])
  early.catch(() => undefined)
  const { pid, port } = z.object({ pid: z.number(), port: z.number() }).parse(JSON.parse(String(line)))
  await answerOf(port)
  expect(isAlive(pid)).toBe(true)
  parent.kill('SIGKILL')
  await until(() => !isAlive(pid))
  await expect(answerOf(port)).rejects.toThrow()
})

test('a runtime that dies is started again, and none is left after the end', async () => {
  const crashed = Promise.withResolvers<number>()
  const supervisor = await supervise({ ...smallRuntime(join(folder, 'crash')), onCrash: crashed.resolve })
  const first = supervisor.current()
  process.kill(-first.pid, 'SIGKILL')
  await crashed.promise
  await until(() => supervisor.current() !== first)
  const second = supervisor.current()
  expect(await answerOf(second.ports.http)).toEqual({})
  await supervisor.close()
  await expect(answerOf(second.ports.http)).rejects.toThrow()
  await until(() => !isAlive(first.pid) && !isAlive(second.pid))
})

test('a runtime that cannot start says why', async () => {
  const options = smallRuntime(join(folder, 'broken'))
  writeFileSync(join(folder, 'broken', 'echo.js'), 'this is no program')
  await expect(spawnRuntime(options)).rejects.toThrow(/did not start:\s.*SyntaxError/)
})
