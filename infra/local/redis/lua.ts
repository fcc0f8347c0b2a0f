import { createHash } from 'node:crypto'
import { pushCjson } from './cjson.ts'
import {
  bytesAt,
  type LuaFunction,
  type LuaState,
  lauxlib,
  limitStringBytes,
  lua,
  lualib,
  luaString,
  pushBytes,
  pushField,
  pushFunctions,
  raise,
} from './fengari.ts'
import { luaPrelude } from './lua-prelude.ts'
import { pushList, pushReply, readArguments, readField, readReply } from './lua-values.ts'
import { type Bytes, RedisError, type Reply } from './reply.ts'

/** Runs a command for a script; throws RedisError. */
export type ScriptCall = (command: readonly Bytes[], isReadOnly: boolean) => Reply

export interface ScriptRun {
  readonly keys: readonly Bytes[]
  readonly args: readonly Bytes[]
  readonly isReadOnly: boolean
}

interface Script {
  readonly source: Bytes
  readonly isReadOnly: boolean
  /** Where the compiled chunk is kept in the VM. */
  chunk: number | undefined
}

const hookEveryInstructions = 1000
const maxCachedScripts = 500
const maxStringBytes = 128 * 1024 * 1024
const chunkName = luaString('@user_script')
const textOnly = luaString('t')

/**
 * All scripts share one VM and are compiled once. A script is atomic because nothing else runs in this process until it
 * returns; one that does not return is stopped after a number of instructions.
 */
export class ScriptEngine {
  readonly #call: ScriptCall
  readonly #maxInstructions: number
  readonly #scripts = new Map<string, Script>()
  #state: LuaState | undefined
  #isDamaged = false
  #isReadOnly = false

  constructor(call: ScriptCall, maxInstructions: number) {
    this.#call = call
    this.#maxInstructions = maxInstructions
  }

  has(hash: string): boolean {
    return this.#scripts.has(hash.toLowerCase())
  }

  /** Compiles and keeps a script. @returns its SHA-1 */
  load(source: Bytes): string {
    const hash = sha1(source)
    if (this.#scripts.has(hash)) return hash
    const script: Script = { ...withoutShebang(source), chunk: undefined }
    script.chunk = this.#compile(this.#vm(), script.source)
    this.#scripts.set(hash, script)
    this.#evictOldest()
    return hash
  }

  clear(): void {
    this.#scripts.clear()
    this.#state = undefined
  }

  run(hash: string, run: ScriptRun): Reply {
    const script = this.#scripts.get(hash.toLowerCase())
    if (!script) throw new RedisError('NOSCRIPT No matching script. Please use EVAL.')
    const state = this.#vm()
    script.chunk ??= this.#compile(state, script.source)
    this.#isReadOnly = run.isReadOnly || script.isReadOnly
    try {
      setGlobal(state, 'KEYS', () => pushList(state, run.keys))
      setGlobal(state, 'ARGV', () => pushList(state, run.args))
      lua.lua_rawgeti(state, lua.LUA_REGISTRYINDEX, script.chunk)
      return this.#runLimited(state)
    } finally {
      lua.lua_settop(state, 0)
      if (this.#isDamaged) this.#discardVm()
    }
  }

  #runLimited(state: LuaState): Reply {
    let instructionsLeft = this.#maxInstructions
    const stop = (running: LuaState) => {
      instructionsLeft -= hookEveryInstructions
      if (instructionsLeft > 0) return
      // From now on every instruction raises: a script cannot catch its way out.
      lua.lua_sethook(running, stop, lua.LUA_MASKCOUNT, 1)
      raise(running, 'ERR Script ran for too long and was stopped')
    }
    lua.lua_sethook(state, stop, lua.LUA_MASKCOUNT, hookEveryInstructions)
    limitStringBytes(maxStringBytes, (running) => {
      instructionsLeft = 0
      lua.lua_sethook(running, stop, lua.LUA_MASKCOUNT, 1)
    })
    const status = lua.lua_pcall(state, 0, 1, 0)
    limitStringBytes(Number.POSITIVE_INFINITY, () => {})
    lua.lua_sethook(state, null, 0, 0)
    if (status < 0) this.#isDamaged = true // an error of JavaScript that could not even be reported
    if (status !== lua.LUA_OK) throw scriptError(state)
    return readReply(state, -1)
  }

  #vm(): LuaState {
    this.#state ??= this.#newVm()
    return this.#state
  }

  #newVm(): LuaState {
    const state = lauxlib.luaL_newstate()
    lua.lua_atnativeerror(state, (failing) => {
      const error = lua.lua_touserdata(failing, 1)
      // Anything but an error of Redis (a full JavaScript stack, say) may have left the VM half-way through something.
      if (!(error instanceof RedisError)) this.#isDamaged = true
      pushField(failing, 'err', error instanceof RedisError ? error.message : `ERR ${String(error)}`)
      return 1
    })
    lauxlib.luaL_requiref(state, luaString('_G'), lualib.luaopen_base, true)
    lauxlib.luaL_requiref(state, luaString('string'), lualib.luaopen_string, true)
    lauxlib.luaL_requiref(state, luaString('table'), lualib.luaopen_table, true)
    lauxlib.luaL_requiref(state, luaString('math'), lualib.luaopen_math, true)
    setGlobal(state, 'redis', () => pushFunctions(state, this.#redisFunctions()))
    setGlobal(state, 'cjson', () => pushCjson(state))
    lua.lua_settop(state, 0)
    lua.lua_rawgeti(state, lua.LUA_REGISTRYINDEX, this.#compile(state, luaPrelude))
    if (lua.lua_pcall(state, 0, 0, 0) !== lua.LUA_OK) throw scriptError(state)
    return state
  }

  #redisFunctions(): Readonly<Record<string, LuaFunction>> {
    return {
      call: (state) => {
        pushReply(state, this.#call(readArguments(state), this.#isReadOnly))
        return 1
      },
      pcall: (state) => {
        try {
          pushReply(state, this.#call(readArguments(state), this.#isReadOnly))
        } catch (error) {
          if (!(error instanceof RedisError)) throw error
          pushField(state, 'err', error.message)
        }
        return 1
      },
      error_reply: (state) => {
        pushField(state, 'err', bytesAt(state, 1).replace(/^-/, ''))
        return 1
      },
      status_reply: (state) => {
        pushField(state, 'ok', bytesAt(state, 1))
        return 1
      },
      sha1hex: (state) => {
        pushBytes(state, sha1(bytesAt(state, 1)))
        return 1
      },
      log: () => 0,
    }
  }

  #compile(state: LuaState, source: Bytes): number {
    const text = luaString(source)
    const status = lauxlib.luaL_loadbufferx(state, text, text.length, chunkName, textOnly)
    if (status === lua.LUA_OK) return lauxlib.luaL_ref(state, lua.LUA_REGISTRYINDEX)
    const problem = scriptError(state).message.replace(/^ERR /, '')
    lua.lua_settop(state, 0)
    throw new RedisError(`ERR Error compiling script (new function): ${problem}`)
  }

  #evictOldest(): void {
    const [oldest] = this.#scripts
    if (this.#scripts.size <= maxCachedScripts || !oldest) return
    const [hash, script] = oldest
    if (script.chunk !== undefined) lauxlib.luaL_unref(this.#vm(), lua.LUA_REGISTRYINDEX, script.chunk)
    this.#scripts.delete(hash)
  }

  #discardVm(): void {
    this.#isDamaged = false
    this.#state = undefined
    for (const script of this.#scripts.values()) script.chunk = undefined
  }
}

const sha1 = (bytes: Bytes) => createHash('sha1').update(bytes, 'latin1').digest('hex')

/** `#!lua flags=...` is not Lua: the line is emptied, so that line numbers stay. The hash is that of the whole text. */
function withoutShebang(source: Bytes): { source: Bytes; isReadOnly: boolean } {
  if (!source.startsWith('#!')) return { source, isReadOnly: false }
  const end = source.indexOf('\n')
  const line = end < 0 ? source : source.slice(0, end)
  return { source: source.slice(line.length), isReadOnly: /flags=\S*no-writes/.test(line) }
}

/** The error on top of the stack, as Redis would say it. */
function scriptError(state: LuaState): RedisError {
  if (lua.lua_type(state, -1) === lua.LUA_TTABLE) {
    return new RedisError(readField(state, lua.lua_gettop(state), 'err') ?? 'ERR unknown error')
  }
  return new RedisError(`ERR ${bytesAt(state, -1) || 'unknown error'}`)
}

/** Past the lock on new globals. */
function setGlobal(state: LuaState, name: string, pushValue: () => void): void {
  lua.lua_pushglobaltable(state)
  pushBytes(state, name)
  pushValue()
  lua.lua_rawset(state, -3)
  lua.lua_pop(state, 1)
}
