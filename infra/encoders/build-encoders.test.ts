import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { allMiniLm } from '#models/_encoders/all-minilm-l6-v2.ts'
import { fileKey } from '#models/_encoders/file-key.ts'
import { buildEncoders, encodersFolder } from './build-encoders.ts'
import { NoWeights } from './fetch-weights.ts'
import { givenEncoderFiles } from './testing/given-encoder.ts'

const folder = mkdtempSync(join(tmpdir(), 'auspex-build-encoders-'))
afterAll(() => rmSync(folder, { recursive: true }))
const names = Object.values(allMiniLm.files).map(fileKey).sort()

test('several that come at once make the same files once, those of an earlier version go, and made files are not made again', async () => {
  await givenEncoderFiles()
  const target = join(folder, 'made')
  const lines: string[] = []
  await buildEncoders({ folder: target, tell: (line) => lines.push(line) })
  writeFileSync(join(target, 'old-weights.bin'), '')
  rmSync(join(target, fileKey(allMiniLm.files.graph)))
  const build = () => buildEncoders({ folder: target, tell: (line) => lines.push(line) })
  await Promise.all([build(), build()])
  expect(lines.filter((line) => line.startsWith('Rewriting'))).toHaveLength(2)
  expect(readdirSync(target).sort()).toEqual(names)
  for (const name of names)
    expect(readFileSync(join(target, name)).equals(readFileSync(join(encodersFolder, name)))).toBe(true)
})

test('without weights there is an empty folder, and an error that tells why', async () => {
  const target = join(folder, 'none')
  const build = buildEncoders({ folder: target, cache: join(folder, 'cache'), sources: [] })
  await expect(build).rejects.toThrow(NoWeights)
  expect(readdirSync(target)).toEqual([])
})
