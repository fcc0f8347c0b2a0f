import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EncoderFile } from '#models/_encoders/manifest.ts'
import { sha256Hex } from '#models/_runtime/sha256.ts'
import type { WeightSource } from './weight-sources.ts'

/** Tells what is going on, in a line. */
export type Tell = (line: string) => void

/** No source had the files. */
export class NoWeights extends Error {
  override readonly name = 'NoWeights'
}

/**
 * Gets a model's original files from the first source that has them, and keeps them. Whoever brings them, they are used
 * only when their hashes are right.
 *
 * @returns their bytes by name
 * @throws NoWeights with a line for each source
 */
export async function fetchWeights(
  files: readonly EncoderFile[],
  sources: readonly WeightSource[],
  cacheFolder: string,
  tell: Tell,
): Promise<Map<string, Uint8Array>> {
  const names = files.map(({ name }) => name)
  if (names.every((name) => existsSync(join(cacheFolder, name)))) {
    const kept = new Map<string, Uint8Array>()
    for (const name of names) kept.set(name, await readFile(join(cacheFolder, name)))
    if ((await findWrong(files, kept)) === undefined) return kept
  }
  await mkdir(cacheFolder, { recursive: true })
  const failures: string[] = []
  for (const source of sources) {
    const draft = await mkdtemp(join(cacheFolder, 'draft-'))
    try {
      tell(`Asking ${source.name} for ${names.join(' and ')}`)
      const found = await source.fetch(names, draft)
      const wrong = await findWrong(files, found)
      if (wrong !== undefined) throw new Error(wrong)
      for (const [name, bytes] of found) await writeWhole(join(draft, name), join(cacheFolder, name), bytes)
      return found
    } catch (error) {
      failures.push(`${source.name}: ${reasonOf(error)}`)
      tell(`Nothing from ${failures.at(-1)}`)
    } finally {
      await rm(draft, { recursive: true, force: true })
    }
  }
  throw new NoWeights(`No source has the encoder's weights:\n- ${failures.join('\n- ')}`)
}

async function findWrong(files: readonly EncoderFile[], found: ReadonlyMap<string, Uint8Array>) {
  for (const { name, sha256 } of files) {
    const actual = await sha256Hex(found.get(name) ?? new Uint8Array())
    if (actual !== sha256) return `${name} has the hash ${actual}, not ${sha256}`
  }
  return undefined
}

/** Who looks for the file sees all of it or nothing. */
export async function writeWhole(draft: string, path: string, bytes: Uint8Array) {
  await writeFile(draft, bytes)
  await rename(draft, path)
}

/** The innermost words, on one line: what `fetch` says itself is only that it failed. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.cause instanceof Error && error.cause.message) return reasonOf(error.cause)
  const lines = error.message.split('\n').filter((line) => line.trim() !== '')
  return (lines.findLast((line) => line.startsWith('ERROR:')) ?? lines[0] ?? error.name).slice(0, 300)
}
