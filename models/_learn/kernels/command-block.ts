import type { Arena } from './arena.ts'
import type { Pointer } from './kernels.ts'

/** Numbers that a kernel may take. */
const MAX_PARAMETERS = 20
/** What a member of the team is told when there is no more work. */
export const NO_KERNEL = -1

/** Shared memory by which a team's threads tell each other what to do. */
export interface CommandBlock {
  /** Goes up with each command; members sleep on it. */
  generation: Int32Array
  /** How many members are still at work; the leader sleeps on it. */
  pending: Int32Array
  /** Which kernel, by its position among the exports. */
  kernel: Int32Array
  /** 1 where a member failed. */
  failed: Int32Array
  /** Member by member: how many parameters, the parameters, and the result. */
  members: readonly { count: Int32Array; parameters: Float64Array; result: Float64Array }[]
}

export function allocateCommandBlock(arena: Arena, size: number): Pointer {
  return arena.allocate(256 + size * 256)
}

export function commandBlock(buffer: ArrayBufferLike, pointer: number, size: number): CommandBlock {
  const whole = (at: number) => new Int32Array(buffer, pointer + at, 1)
  return {
    generation: whole(0),
    pending: whole(64), // a cache line of its own
    kernel: whole(128),
    failed: whole(192),
    members: Array.from({ length: size }, (_, member) => {
      const first = 256 + member * 256
      return {
        count: whole(first),
        parameters: new Float64Array(buffer, pointer + first + 16, MAX_PARAMETERS),
        result: new Float64Array(buffer, pointer + first + 16 + 8 * MAX_PARAMETERS, 1),
      }
    }),
  }
}

/** Looks at a number for some microseconds, then sleeps until it is no longer `value`. */
export function waitWhile(cell: Int32Array, value: number, timeoutMs = Number.POSITIVE_INFINITY): boolean {
  for (let i = 0; i < 20_000; i++) if (Atomics.load(cell, 0) !== value) return true
  while (Atomics.load(cell, 0) === value) if (Atomics.wait(cell, 0, value, timeoutMs) === 'timed-out') return false
  return true
}
