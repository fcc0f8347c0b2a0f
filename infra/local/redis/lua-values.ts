import { formatFloat } from './arguments.ts'
import { bytesAt, type LuaState, lua, pushBytes, pushField } from './fengari.ts'
import { type Bytes, RedisError, type Reply, Status } from './reply.ts'

const maxDepth = 100
const stackSlotsPerLevel = 8

/** Redis' rules from a reply to Lua: nil is false, a status is `{ ok = text }`. */
export function pushReply(state: LuaState, reply: Reply): void {
  if (reply === null) lua.lua_pushboolean(state, false)
  else if (typeof reply === 'number') lua.lua_pushnumber(state, reply)
  else if (typeof reply === 'string') pushBytes(state, reply)
  else if (reply instanceof Status) pushField(state, 'ok', reply.text)
  else pushList(state, reply)
}

export function pushList(state: LuaState, items: readonly Reply[]): void {
  lua.lua_checkstack(state, stackSlotsPerLevel)
  lua.lua_createtable(state, items.length, 0)
  for (const [index, item] of items.entries()) {
    pushReply(state, item)
    lua.lua_rawseti(state, -2, index + 1)
  }
}

/**
 * Redis' rules from Lua to a reply: numbers lose their fraction, true is 1, false and nil are null, a list ends at its
 * first nil.
 */
export function readReply(state: LuaState, index: number, depth = 0): Reply {
  switch (lua.lua_type(state, index)) {
    case lua.LUA_TSTRING:
      return bytesAt(state, index)
    case lua.LUA_TNUMBER:
      return Math.trunc(lua.lua_tonumber(state, index)) || 0
    case lua.LUA_TBOOLEAN:
      return lua.lua_toboolean(state, index) ? 1 : null
    case lua.LUA_TTABLE:
      return readTable(state, index < 0 ? lua.lua_gettop(state) + index + 1 : index, depth)
    default:
      return null
  }
}

function readTable(state: LuaState, index: number, depth: number): Reply {
  if (depth > maxDepth) throw new RedisError('ERR reached lua stack limit')
  lua.lua_checkstack(state, stackSlotsPerLevel)
  const error = readField(state, index, 'err')
  if (error !== undefined) throw new RedisError(error)
  const status = readField(state, index, 'ok')
  if (status !== undefined) return new Status(status)
  const items: Reply[] = []
  for (let at = 1; ; at++) {
    const type = lua.lua_rawgeti(state, index, at)
    if (type !== lua.LUA_TNIL) items.push(readReply(state, -1, depth + 1))
    lua.lua_pop(state, 1)
    if (type === lua.LUA_TNIL) return items
  }
}

export function readField(state: LuaState, index: number, name: string): Bytes | undefined {
  pushBytes(state, name)
  const type = lua.lua_rawget(state, index)
  const value = type === lua.LUA_TSTRING ? bytesAt(state, -1) : undefined
  lua.lua_pop(state, 1)
  return value
}

/** The arguments of redis.call: strings and numbers only. */
export function readArguments(state: LuaState): readonly Bytes[] {
  return Array.from({ length: lua.lua_gettop(state) }, (_, at) => {
    const type = lua.lua_type(state, at + 1)
    if (type === lua.LUA_TNUMBER) return formatFloat(lua.lua_tonumber(state, at + 1))
    if (type === lua.LUA_TSTRING) return bytesAt(state, at + 1)
    throw new RedisError('ERR Lua redis lib command arguments must be strings or integers')
  })
}
