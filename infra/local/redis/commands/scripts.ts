import type { ArgumentReader } from '../arguments.ts'
import type { ScriptEngine } from '../lua.ts'
import { ok, RedisError, type Reply } from '../reply.ts'
import { type CommandTable, reads, writes } from './command.ts'

export function scriptCommands(scripts: ScriptEngine): CommandTable {
  return {
    eval: writes(-3, (_store, args) => run(scripts, scripts.load(args.next()), args, false)),
    evalsha: writes(-3, (_store, args) => run(scripts, args.next(), args, false)),
    eval_ro: reads(-3, (_store, args) => run(scripts, scripts.load(args.next()), args, true)),
    evalsha_ro: reads(-3, (_store, args) => run(scripts, args.next(), args, true)),
    script: writes(-2, (_store, args) => manage(scripts, args)),
  }
}

function run(scripts: ScriptEngine, hash: string, args: ArgumentReader, isReadOnly: boolean): Reply {
  const keyCount = args.integer()
  if (keyCount < 0) throw new RedisError("ERR Number of keys can't be negative")
  if (keyCount > args.remaining) throw new RedisError("ERR Number of keys can't be greater than number of args")
  return scripts.run(hash, { keys: args.take(keyCount), args: args.rest(), isReadOnly })
}

function manage(scripts: ScriptEngine, args: ArgumentReader): Reply {
  const subcommand = args.keyword()
  if (subcommand === 'load') return scripts.load(args.next())
  if (subcommand === 'exists') return args.rest().map((hash) => Number(scripts.has(hash)))
  if (subcommand !== 'flush') {
    throw new RedisError(`ERR unknown subcommand '${subcommand}'. Try SCRIPT HELP.`)
  }
  scripts.clear()
  return ok
}
