import { expect, test } from 'vitest'
import { withUnsharedMemory } from './ort.ts'

const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]
/** The name `a` of module or field. */
const name = [1, 0x61]

/** A module that imports a function (of type 0), a table, a global, and a memory with these limits. */
function importingMemory(...limits: number[]): Uint8Array<ArrayBuffer> {
  const types = [1, 4, 1, 0x60, 0, 0]
  const table = [...name, ...name, 1, 0x70, 1, 0, 10]
  const global = [...name, ...name, 3, 0x7f, 0]
  const imports = [4, ...name, ...name, 0, 0, ...table, ...global, ...name, ...name, 2, ...limits]
  return Uint8Array.from([...header, ...types, 2, imports.length, ...imports])
}

test('the imported memory is no longer shared, and nothing else is changed', () => {
  const changed = withUnsharedMemory(importingMemory(3, 1, 0x80, 2))
  expect(changed).toEqual(importingMemory(1, 1, 0x80, 2))
  expect(WebAssembly.Module.imports(new WebAssembly.Module(Uint8Array.from(changed)))).toHaveLength(4)
})

test('a module that shares no memory is refused', () => {
  expect(() => withUnsharedMemory(importingMemory(1, 1, 2))).toThrow('shared memory')
  expect(() => withUnsharedMemory(Uint8Array.from(header))).toThrow('shared memory')
})
