import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { EncoderList, Vectors } from '#functions/encode/encoders.ts'
import { allMiniLm } from '#models/_encoders/all-minilm-l6-v2.ts'
import { fileKey } from '#models/_encoders/file-key.ts'
import type { EncoderInput } from '#models/_encoders/manifest.ts'
import { type RunningWorker, startWorker } from '../local/workerd/testing/one-worker.ts'
import { givenEncoder, givenEncoderFiles } from './testing/given-encoder.ts'

const files = await givenEncoderFiles()
const limitBytes = 60_000_000
const Health = z.object({ wasm_memory_bytes: z.number(), wasm_memory_limit_bytes: z.number() })
const damagedFolder = mkdtempSync(join(tmpdir(), 'auspex-encoders-'))

const start = (assets: string) =>
  startWorker('functions/encode/index.ts', { text: { LOG_LEVEL: 'error' }, assets: { ASSETS: assets } })

async function encode({ url }: RunningWorker, inputs: EncoderInput[]): Promise<Response> {
  const [first] = EncoderList.parse(await (await fetch(`${url}encoders`)).json()).encoders
  const body = JSON.stringify({ encoder: first?.id, inputs })
  return fetch(`${url}encode`, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
}

const vectorsOf = async (response: Response) => Vectors.parse(await response.json()).vectors
const memoryOf = async ({ url }: RunningWorker) =>
  Health.parse(await (await fetch(`${url}health`)).json()).wasm_memory_bytes

let worker: RunningWorker
beforeAll(async () => {
  worker = await start(files)
})
afterAll(async () => {
  await worker[Symbol.asyncDispose]()
  rmSync(damagedFolder, { recursive: true })
})

test('texts that come at once share one session, and the longest text stays below the bound of its memory', async () => {
  const inputs = Array.from({ length: 6 }, (_, i): EncoderInput[] => [{ text: `film number ${i}`, purpose: 'query' }])
  const answers = await Promise.all(inputs.map((input) => encode(worker, input)))
  expect(answers.map(({ status }) => status)).toEqual(inputs.map(() => 200))
  // A second session would need 25 MB more.
  expect(await memoryOf(worker)).toBeLessThan(45_000_000)

  const long = { text: 'A long story of many words. '.repeat(200), purpose: 'document' as const }
  expect((await encode(worker, [long, long])).status).toBe(200)
  expect(await memoryOf(worker)).toBeLessThan(limitBytes)
})

test('vectors in the Worker are those in Node', async () => {
  const inputs = ['a robot in love', 'Один дома', ''].map((text): EncoderInput => ({ text, purpose: 'document' }))
  const there = await vectorsOf(await encode(worker, inputs))
  const here = await (await givenEncoder()).encode(inputs)
  for (const [i, { vector }] of here.entries())
    for (const [j, value] of Array.from(vector).entries()) expect(there[i]?.[j]).toBeCloseTo(value, 5)
})

test('a file that is not the one in the manifest is refused, and a missing one says what to do', async () => {
  cpSync(files, damagedFolder, { recursive: true })
  const weights = join(damagedFolder, fileKey(allMiniLm.files.weights))
  const bytes = readFileSync(weights)
  bytes[1_000_000] = 255 - (bytes[1_000_000] ?? 0)
  writeFileSync(weights, bytes)
  await using damaged = await start(damagedFolder)
  const text: EncoderInput = { text: 'a', purpose: 'query' }
  const refused = await encode(damaged, [text])
  expect(refused.status).toBe(503)
  expect(await refused.text()).toContain('came with the hash')

  rmSync(weights)
  const missing = await encode(damaged, [text])
  expect(missing.status).toBe(503)
  expect(await missing.text()).toContain('npm run encoders')

  cpSync(join(files, fileKey(allMiniLm.files.weights)), weights)
  expect((await encode(damaged, [text])).status).toBe(200)
})

test('a run that would need more memory than allowed fails, and the next shorter one succeeds', async () => {
  await using small = await startWorker('infra/encoders/testing/small-memory-worker.ts', { assets: { ASSETS: files } })
  const run = async (tokens: number) => z.json().parse(await (await fetch(`${small.url}?tokens=${tokens}`)).json())
  expect(await run(10)).toMatchObject({ ok: true })
  const failed = z.object({ ok: z.boolean(), bytes: z.number() }).parse(await run(256))
  expect(failed.ok).toBe(false)
  expect(failed.bytes).toBeLessThanOrEqual(39_000_000)
  expect(await run(10)).toMatchObject({ ok: true })
})
