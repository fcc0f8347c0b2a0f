import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { allMiniLm, minilmShape } from '#models/_encoders/all-minilm-l6-v2.ts'
import { fileKey } from '#models/_encoders/file-key.ts'
import type { EncoderFile } from '#models/_encoders/manifest.ts'
import { writeBert } from '#models/_encoders/write-bert.ts'
import { sha256Hex } from '#models/_runtime/sha256.ts'
import { acquireLock, FolderInUse } from '../local/lock.ts'
import { fetchWeights, type Tell, writeWhole } from './fetch-weights.ts'
import { minilmSources, safetensors } from './minilm-weights.ts'
import type { WeightSource } from './weight-sources.ts'

const root = join(import.meta.dirname, '../..')
/** What is deployed with the function. */
export const encodersFolder = join(root, 'dist/encoders')
const cacheFolder = join(root, '.cache/encoders', allMiniLm.name)

export interface BuildOptions {
  tell?: Tell
  folder?: string
  cache?: string
  sources?: readonly WeightSource[]
}

/**
 * Makes the built-in encoder's files from its original weights, unless they are there. Of several processes that come at
 * once, one makes them and the others wait.
 *
 * @throws NoWeights when no source has the weights
 */
export async function buildEncoders(options: BuildOptions = {}) {
  const { folder = encodersFolder, cache = cacheFolder, sources = minilmSources(), tell = () => {} } = options
  if (isBuilt(folder)) return
  mkdirSync(folder, { recursive: true }) // whoever serves it needs it, empty or not
  const lock = await waitForLock(folder)
  try {
    if (isBuilt(folder)) return
    const { files } = allMiniLm
    const originals = await fetchWeights([safetensors, files.tokenizer], sources, cache, tell)
    const weights = originals.get(safetensors.name) ?? new Uint8Array()
    tell('Rewriting it for Workers')
    const written = writeBert(weights, minilmShape, files.weights.name)
    const tokenizer = originals.get(files.tokenizer.name) ?? new Uint8Array()
    await keep(files.tokenizer, tokenizer, folder)
    await keep(files.weights, written.weights, folder)
    await keep(files.graph, written.graph, folder)
    removeOthers(folder)
  } finally {
    lock.release()
  }
}

/** Files are named by their content and appear whole. */
function isBuilt(folder: string): boolean {
  return Object.values(allMiniLm.files).every(
    (file) => statSync(join(folder, fileKey(file)), { throwIfNoEntry: false })?.size === file.sizeBytes,
  )
}

/** Of an earlier version: what is in the folder is deployed. */
function removeOthers(folder: string) {
  const names = Object.values(allMiniLm.files).map(fileKey)
  for (const name of readdirSync(folder)) if (!names.includes(name)) rmSync(join(folder, name))
}

async function keep(file: EncoderFile, bytes: Uint8Array, folder: string) {
  const actual = await sha256Hex(bytes)
  if (actual !== file.sha256)
    throw new Error(
      `${file.name} was written with ${bytes.length} bytes and the hash ${actual}: not what the manifest names`,
    )
  await writeWhole(join(folder, `${file.name}.draft`), join(folder, fileKey(file)), bytes)
}

async function waitForLock(folder: string) {
  for (;;) {
    try {
      return acquireLock(folder)
    } catch (error) {
      if (!(error instanceof FolderInUse)) throw error
      await sleep(100)
    }
  }
}
