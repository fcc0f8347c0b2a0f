import { expect, test } from 'vitest'
import type { EncoderManifest } from '#models/_encoders/manifest.ts'
import type { RunningEncoder } from '#models/_encoders/running-encoder.ts'
import { EncoderPool, type StartEncoder } from './encoder-pool.ts'

const manifest: EncoderManifest = {
  kind: 'hosted',
  name: 'some',
  dimensions: 2,
  languages: ['*'],
  maximumTokens: 10,
  prefixes: { query: '', document: '' },
  model: 'm',
  url: 'https://api.example/v1',
}
const encoder: RunningEncoder = { encode: async () => [] }

/** A pool of one encoder, and how often its start was tried. */
function pool(start: StartEncoder, startLimitMs?: number) {
  const starts: AbortSignal[] = []
  const counted: StartEncoder = (it, signal) => {
    starts.push(signal)
    return start(it, signal)
  }
  return { pool: new EncoderPool([manifest], counted, startLimitMs), starts }
}

const idOf = async (it: EncoderPool) => (await it.list())[0]?.id ?? ''

test('whoever comes while an encoder is loaded waits for the same one', async () => {
  const { pool: it, starts } = pool(async () => encoder)
  const id = await idOf(it)
  expect(await Promise.all([it.get(id), it.get(id), it.get(id)])).toEqual([encoder, encoder, encoder])
  await it.get(id)
  expect(starts).toHaveLength(1)
})

test('a failed start is forgotten, and the next one succeeds', async () => {
  let failures = 2
  const { pool: it, starts } = pool(async () => {
    if (failures-- > 0) throw new Error('no file')
    return encoder
  })
  const id = await idOf(it)
  await expect(it.get(id)).rejects.toThrow('no file')
  await expect(it.get(id)).rejects.toThrow('no file')
  expect(await it.get(id)).toBe(encoder)
  expect(starts).toHaveLength(3)
})

test('a start that never ends is given up, told so before it takes memory, and tried anew', async () => {
  let isStuck = true
  const { pool: it, starts } = pool(() => (isStuck ? new Promise(() => {}) : Promise.resolve(encoder)), 20)
  const id = await idOf(it)
  await expect(it.get(id)).rejects.toThrow('was being loaded for 20 ms')
  expect(starts[0]?.aborted).toBe(true)
  isStuck = false
  expect(await it.get(id)).toBe(encoder)
})

test('an encoder is named by what its vectors depend on, and an unknown one is not found', async () => {
  const id = async (change: object) => idOf(new EncoderPool([{ ...manifest, ...change }], async () => encoder))
  const same = await id({})
  expect(same).toMatch(/^some@[0-9a-f]{12}$/)
  expect(await id({ languages: ['en'] })).toBe(same)
  for (const change of [{ model: 'n' }, { dimensions: 3 }, { prefixes: { query: 'q: ', document: '' } }])
    expect(await id(change)).not.toBe(same)
  await expect(pool(async () => encoder).pool.get('some@000000000000')).rejects.toMatchObject({ code: 'not_found' })
})
