import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../dist/encoders')

/** Gathers the encoders' files in one folder, as the platform wants them. */
export async function buildEncoders() {
  mkdirSync(folder, { recursive: true })
}

if (import.meta.main) await buildEncoders()
