import { workerData } from 'node:worker_threads'
import { commandBlock, NO_KERNEL, waitWhile } from './command-block.ts'
import { instantiateKernels } from './kernels.ts'

/** What a thread of a team is started with. */
interface Start {
  memory: WebAssembly.Memory
  pointer: number
  size: number
  member: number
}

const { memory, pointer, size, member }: Start = workerData
const kernels = instantiateKernels(memory)
const names = Object.keys(kernels)
const command = commandBlock(memory.buffer, pointer, size)
const own = command.members[member]

// Does what the command block says, until it says no more.
for (let generation = 0; ; generation++) {
  waitWhile(command.generation, generation)
  const name = names[command.kernel[0] ?? NO_KERNEL]
  if (name === undefined || own === undefined) break
  try {
    const parameters = own.parameters.subarray(0, own.count[0])
    own.result[0] = Number(Reflect.apply(Reflect.get(kernels, name), undefined, Array.from(parameters)) ?? 0)
  } catch {
    Atomics.store(command.failed, 0, 1)
  }
  if (Atomics.sub(command.pending, 0, 1) === 1) Atomics.notify(command.pending, 0)
}
