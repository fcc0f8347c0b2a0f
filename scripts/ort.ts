import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { unlessCurrent } from './lib/unless-current.ts'

const folder = join(import.meta.dirname, '../dist/ort')
const product = join(folder, 'ort-wasm-simd.wasm')
const original = createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm')

/**
 * Makes `dist/ort/ort-wasm-simd.wasm` of onnxruntime-web's, unless it is there: the same code, but its memory is not
 * shared between threads, of which a Worker has one.
 *
 * Where memory may grow under another thread's hands, V8 looks up its size before each access; a Worker's V8 checks all
 * accesses, so that this is a sixth of the time of an encoder's run (docs/encoders.md).
 */
export async function buildOrt() {
  const bytes = readFileSync(original)
  const hash = createHash('sha256').update(bytes).update('unshared').digest('hex')
  await unlessCurrent({ stamp: join(folder, 'ort.sha256'), hash, file: product }, () => {
    mkdirSync(folder, { recursive: true })
    const draft = join(folder, `ort.${process.pid}.wasm`)
    writeFileSync(draft, withUnsharedMemory(bytes))
    renameSync(draft, product) // others may be reading the old one
  })
}

const importSection = 2
/** Kinds of imports and flags of limits, as the core specification's binary format and the threads proposal number them. */
const kinds = { function: 0, table: 1, memory: 2, global: 3, tag: 4 }
const flags = { hasMaximum: 1, isShared: 2 }

/** @throws Error when the module imports no shared memory */
export function withUnsharedMemory(module: Uint8Array): Uint8Array {
  const at = findMemoryFlags(module)
  if (at === undefined || ((module[at] ?? 0) & flags.isShared) === 0) throw new Error('it imports no shared memory')
  const changed = Uint8Array.from(module)
  changed[at] = (module[at] ?? 0) & ~flags.isShared
  return changed
}

/** @returns where the flags of the imported memory's limits are */
function findMemoryFlags(module: Uint8Array): number | undefined {
  const read = createReader(module, 8)
  while (read.position() < module.length) {
    const section = read.byte()
    const end = read.number() + read.position()
    if (section === importSection) return findInImports(read)
    read.jump(end)
  }
  return undefined
}

type Reader = ReturnType<typeof createReader>

function findInImports(read: Reader): number | undefined {
  for (let left = read.number(); left > 0; left--) {
    for (const _name of ['module', 'field']) read.jump(read.number() + read.position())
    const kind = read.byte()
    if (kind === kinds.memory) return read.position()
    if (kind === kinds.table) {
      read.byte()
      skipLimits(read)
    } else if (kind === kinds.global) read.jump(read.position() + 2)
    else if (kind === kinds.tag) {
      read.byte()
      read.number()
    } else read.number()
  }
  return undefined
}

function skipLimits(read: Reader) {
  const hasMaximum = (read.byte() & flags.hasMaximum) !== 0
  read.number()
  if (hasMaximum) read.number()
}

/** Reads bytes and numbers in LEB128. A length is read before the position that it counts from is asked for. */
function createReader(bytes: Uint8Array, start: number) {
  let at = start
  const byte = () => bytes[at++] ?? 0
  return {
    byte,
    number() {
      let [value, shift, part] = [0, 0, 0]
      do {
        part = byte()
        value += (part & 0x7f) * 2 ** shift
        shift += 7
      } while (part & 0x80)
      return value
    },
    position: () => at,
    jump(position: number) {
      at = position
    },
  }
}
