import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { sha256Hex } from '#models/_runtime/sha256.ts'
import { fetchWeights, NoWeights } from './fetch-weights.ts'
import { folderSource, hubSource, type WeightSource } from './weight-sources.ts'

const folder = mkdtempSync(join(tmpdir(), 'auspex-weights-'))
afterAll(() => rmSync(folder, { recursive: true }))
let cache: string
beforeEach(() => {
  cache = mkdtempSync(join(folder, 'cache-'))
})

const bytes = Uint8Array.of(1, 2, 3)
const files = [{ name: 'w.bin', sha256: await sha256Hex(bytes), sizeBytes: 3 }]
const source = (name: string, fetch: WeightSource['fetch']): WeightSource => ({ name, fetch })
const good = source('the good one', async () => new Map([['w.bin', bytes]]))
const wrong = source('the wrong one', async () => new Map([['w.bin', Uint8Array.of(9)]]))
const absent = source('the absent one', () => Promise.reject(new Error('no route')))

test('sources are asked in turn, each failure is a line, and wrong bytes are never kept', async () => {
  const lines: string[] = []
  const found = await fetchWeights(files, [absent, wrong, good], cache, (line) => lines.push(line))
  expect(found.get('w.bin')).toEqual(bytes)
  expect(lines[1]).toBe('Nothing from the absent one: no route')
  expect(lines[3]).toContain('Nothing from the wrong one: w.bin has the hash')
  expect(readdirSync(cache)).toEqual(['w.bin'])

  const again = await fetchWeights(files, [absent], cache, () => {})
  expect(Array.from(again.get('w.bin') ?? [])).toEqual([1, 2, 3])
  writeFileSync(join(cache, 'w.bin'), 'damaged')
  await expect(fetchWeights(files, [absent], cache, () => {})).rejects.toThrow(NoWeights)
})

test('where no source has them, all their reasons are told', async () => {
  const failing = fetchWeights(files, [absent, wrong], cache, () => {})
  await expect(failing).rejects.toThrow(/the absent one: no route\n- the wrong one: w\.bin has the hash/)
})

test('a hub that does not answer is given up soon, one that does is read', async () => {
  let isSilent = true
  const server = createServer((request, response) => {
    if (isSilent) return
    if (request.url === '/owner/model/resolve/main/w.bin') response.end(bytes)
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const host = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  const hub = (repository: string) => hubSource(repository, { answerMs: 100 }, host)
  try {
    await expect(hub('owner/model').fetch(['w.bin'], folder)).rejects.toThrow('no answer within 100 ms')
    isSilent = false
    await expect(hub('owner/other').fetch(['w.bin'], folder)).rejects.toThrow('404')
    const found = await fetchWeights(files, [hub('owner/model')], cache, () => {})
    expect(found.get('w.bin')).toEqual(bytes)
  } finally {
    server.closeAllConnections()
    server.close()
  }
})

test('a folder that somebody filled by hand is a source', async () => {
  writeFileSync(join(folder, 'w.bin'), bytes)
  const found = await fetchWeights(files, [folderSource(folder)], cache, () => {})
  expect(Array.from(found.get('w.bin') ?? [])).toEqual([1, 2, 3])
  await expect(folderSource(cache).fetch(['other.bin'], folder)).rejects.toThrow('other.bin is not in it')
})
