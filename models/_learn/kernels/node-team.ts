import { Worker } from 'node:worker_threads'
import type { Arena } from './arena.ts'
import { allocateCommandBlock, type CommandBlock, commandBlock, NO_KERNEL, waitWhile } from './command-block.ts'
import type { Kernels } from './kernels.ts'
import { callKernel, soloTeam, type Team } from './team.ts'

/** A kernel runs for milliseconds; a thread that does not answer for so long never will. */
const TIMEOUT_MS = 60_000

/**
 * A team of so many threads, the caller's among them, for Node.
 *
 * @example fitBoosting(matrix, target, { ...options, team: nodeTeam(2) })
 */
export function nodeTeam(size: number): (arena: Arena) => Team {
  if (!(Number.isInteger(size) && size >= 1 && size <= 64)) throw new Error(`a team has 1 to 64 threads, not ${size}`)
  return (arena) => (size === 1 ? soloTeam(arena) : new NodeTeam(arena, size))
}

class NodeTeam implements Team {
  readonly size: number
  readonly #arena: Arena
  readonly #command: CommandBlock
  readonly #positions: ReadonlyMap<string, number>

  constructor(arena: Arena, size: number) {
    this.size = size
    this.#arena = arena
    this.#positions = new Map(Object.keys(arena.kernels).map((name, position) => [name, position]))
    const pointer = allocateCommandBlock(arena, size)
    this.#command = commandBlock(arena.memory.buffer, pointer, size)
    for (let member = 1; member < size; member++) {
      const workerData = { memory: arena.memory, pointer, size, member }
      new Worker(new URL('team-member.ts', import.meta.url), { workerData }).unref()
    }
  }

  run<Name extends keyof Kernels>(kernel: Name, argumentsOf: (member: number) => Parameters<Kernels[Name]>) {
    const { members, pending, failed } = this.#command
    for (let member = 1; member < this.size; member++) {
      const parameters = argumentsOf(member)
      members[member]?.parameters.set(parameters)
      members[member]?.count.fill(parameters.length)
    }
    Atomics.store(pending, 0, this.size - 1)
    this.#order(this.#positions.get(kernel) ?? NO_KERNEL)
    const own = callKernel(this.#arena.kernels, kernel, argumentsOf(0))
    for (let left = Atomics.load(pending, 0); left > 0; left = Atomics.load(pending, 0))
      if (!waitWhile(pending, left, TIMEOUT_MS)) throw new Error('a thread of the team did not answer')
    if (Atomics.load(failed, 0) !== 0) throw new Error(`kernel ${kernel} failed in a thread of the team`)
    const results = members.map(({ result }, member) => (member === 0 ? own : result[0]))
    return results as ReturnType<Kernels[Name]>[] // kernels give numbers, or nothing that anybody reads
  }

  dismiss() {
    this.#order(NO_KERNEL)
  }

  #order(position: number) {
    this.#command.kernel[0] = position
    Atomics.add(this.#command.generation, 0, 1)
    Atomics.notify(this.#command.generation, 0)
  }
}
