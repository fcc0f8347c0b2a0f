import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { type Measurements, Run } from './measurement.ts'

const file = join(import.meta.dirname, '../../../.cache/bench-learn.json')

/** What was measured here before: a run that was cut off goes on from there. */
export function readCache(): Measurements {
  if (!existsSync(file)) return {}
  return z.record(z.string(), z.array(Run)).parse(JSON.parse(readFileSync(file, 'utf8')))
}

export function writeCache(measurements: Measurements) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, JSON.stringify(measurements, null, 1))
  renameSync(`${file}.new`, file)
}
