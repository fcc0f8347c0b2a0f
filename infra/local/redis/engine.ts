import { ArgumentReader } from './arguments.ts'
import type { CommandTable } from './commands/command.ts'
import { hashCommands } from './commands/hashes.ts'
import { keyCommands } from './commands/keys.ts'
import { listCommands } from './commands/lists.ts'
import { scriptCommands } from './commands/scripts.ts'
import { serverCommands } from './commands/server.ts'
import { setCommands } from './commands/sets.ts'
import { sortedSetAlgebraCommands } from './commands/sorted-set-algebra.ts'
import { sortedSetRangeCommands } from './commands/sorted-set-ranges.ts'
import { sortedSetCommands } from './commands/sorted-sets.ts'
import { stringCommands } from './commands/strings.ts'
import { ScriptEngine } from './lua.ts'
import { type Bytes, RedisError, type Reply } from './reply.ts'
import { type Clock, Store } from './store.ts'

export interface EngineOptions {
  clock: Clock
  /** Of the commands that pick at random. */
  seed: number
  maxScriptInstructions: number
}

export type Command = readonly Bytes[]

export interface Engine {
  /** Runs one command to its end. @throws RedisError */
  execute(command: Command): Reply
  /** Refuses what could never be queued in a transaction: an unknown command, a wrong number of arguments. */
  assertQueueable(command: Command): void
}

const dataCommands: CommandTable = {
  ...serverCommands,
  ...keyCommands,
  ...stringCommands,
  ...hashCommands,
  ...listCommands,
  ...setCommands,
  ...sortedSetCommands,
  ...sortedSetRangeCommands,
  ...sortedSetAlgebraCommands,
}

/** A whole Redis in memory, without a door. */
export function createEngine({ clock, seed, maxScriptInstructions }: EngineOptions): Engine {
  const store = new Store(clock, seededRandom(seed))
  const scripts = new ScriptEngine((command, isReadOnly) => {
    const { run, isReadOnly: changesNothing } = find(dataCommands, command)
    if (isReadOnly && !changesNothing) {
      throw new RedisError('ERR Write commands are not allowed from read-only scripts.')
    }
    return run(store, new ArgumentReader(command.slice(1)))
  }, maxScriptInstructions)
  const commands: CommandTable = { ...dataCommands, ...scriptCommands(scripts) }
  return {
    execute: (command) => find(commands, command).run(store, new ArgumentReader(command.slice(1))),
    assertQueueable: (command) => {
      find(commands, command)
    },
  }
}

function find(commands: CommandTable, [name = '', ...args]: Command) {
  const lowerName = name.toLowerCase()
  const command = Object.hasOwn(commands, lowerName) ? commands[lowerName] : undefined
  if (!command) {
    const beginning = args.map((arg) => `'${arg.slice(0, 128)}' `).join('')
    throw new RedisError(
      `ERR unknown command '${name.slice(0, 128)}', with args beginning with: ${beginning.slice(0, 128)}`,
    )
  }
  const count = args.length + 1
  if (command.arity < 0 ? count < -command.arity : count !== command.arity) {
    throw new RedisError(`ERR wrong number of arguments for '${lowerName}' command`)
  }
  return command
}

/** mulberry32 */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
