import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type Embedded, startEmbedded } from './embedded.ts'
import { AlreadyRunning } from './running.ts'

const folder = mkdtempSync(join(tmpdir(), 'auspex-embedded-'))
const stateDir = join(folder, 'state')
const person = { name: 'Ada', email: 'ada@example.com', password: 'a long enough phrase' }
let running: Embedded

beforeAll(async () => {
  running = await startEmbedded({ stateDir, publicPort: 0, devVarsDir: folder })
})

afterAll(async () => {
  await running.close()
  rmSync(folder, { recursive: true, force: true })
})

function post(address: string, body: unknown) {
  const headers = { 'content-type': 'application/json' }
  return fetch(address, { method: 'POST', headers, body: JSON.stringify(body) })
}

/** The system in a process of its own. */
async function givenProcess(state: string) {
  const script = join(import.meta.dirname, 'testing/start-embedded.ts')
  const child = spawn(process.execPath, [script, state], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const early = once(child, 'exit').then(() => Promise.reject(new Error('it did not start')))
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), early])
  early.catch(() => undefined)
  return { publicUrl: String(line), pid: child.pid, kill: () => child.kill('SIGKILL') }
}

test('kill -9 leaves no process behind; the next start finds the state as it was, and ends without a trace', async () => {
  const state = join(folder, 'killed')
  const first = await givenProcess(state)
  expect((await post(`${first.publicUrl}/sign_up`, person)).status).toBe(201)
  first.kill()
  await expect.poll(() => fetch(first.publicUrl).catch(() => 'nobody'), { timeout: 10_000 }).toBe('nobody')

  const next = await startEmbedded({ stateDir: state, publicPort: Number(new URL(first.publicUrl).port) })
  expect(next.publicUrl).toBe(first.publicUrl)
  expect((await post(`${next.publicUrl}/sign_in`, person)).status).toBe(200)
  await next.close()
  await expect(fetch(next.publicUrl)).rejects.toThrow()
})

test('a second start on the same state says where the first one runs, and disturbs nothing', async () => {
  const second = startEmbedded({ stateDir, publicPort: 0 })
  await expect(second).rejects.toThrow(AlreadyRunning)
  await expect(second).rejects.toMatchObject({ pid: process.pid, publicUrl: running.publicUrl })
  expect((await fetch(`${running.publicUrl}/health`)).status).toBe(200)
})

test('a port that another program has is named, and nothing is left half started', async () => {
  const { port } = new URL(running.publicUrl)
  const taken = startEmbedded({ stateDir: join(folder, 'elsewhere'), publicPort: Number(port) })
  await expect(taken).rejects.toThrow(`Port ${port} is in use`)
  expect(readdirSync(join(folder, 'elsewhere'))).toEqual([])
})

test('the cron of a function runs its scheduled handler, and a function without one is told', async () => {
  await expect(running.functions.runScheduled('predict', '* * * * *')).resolves.toBeUndefined()
  await expect(running.functions.runScheduled('balance', '* * * * *')).rejects.toThrow('balance')
})

test('wrangler finds the bindings of each function, in files that only their owner reads', () => {
  const files = readdirSync(folder).filter((name) => name.startsWith('.dev.vars.'))
  expect(files).toEqual(expect.arrayContaining(['.dev.vars.auth', '.dev.vars.gateway', '.dev.vars.infer']))
  for (const file of files) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)
  const holders = files.filter((file) => readFileSync(join(folder, file), 'utf8').includes('JWT_PRIVATE_KEY'))
  expect(holders).toEqual(['.dev.vars.auth'])
})
