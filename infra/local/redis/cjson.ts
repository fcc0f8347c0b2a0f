import { bytesAt, type LuaState, lua, pushBytes, pushFunctions } from './fengari.ts'
import { bytesFromText, RedisError, textFromBytes } from './reply.ts'

const maxDepth = 100
const significantDigits = 14
/** cjson.null: a light userdata, because nil cannot stand in a table. */
const jsonNull = {}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** Pushes the library: the part of lua-cjson that scripts use. */
export function pushCjson(state: LuaState): void {
  pushFunctions(state, { encode: encodeJson, decode: decodeJson })
  pushBytes(state, 'null')
  lua.lua_pushlightuserdata(state, jsonNull)
  lua.lua_rawset(state, -3)
}

/** cjson.decode(text) */
function decodeJson(state: LuaState): number {
  pushJson(state, parse(textFromBytes(bytesAt(state, 1))), 0)
  return 1
}

/** cjson.encode(value) */
function encodeJson(state: LuaState): number {
  pushBytes(state, bytesFromText(JSON.stringify(readJson(state, 1, 0))))
  return 1
}

function parse(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    throw new RedisError('ERR Expected value but found invalid token')
  }
}

function pushJson(state: LuaState, value: Json, depth: number): void {
  assertDepth(state, depth)
  if (value === null) lua.lua_pushlightuserdata(state, jsonNull)
  else if (typeof value === 'string') pushBytes(state, bytesFromText(value))
  else if (typeof value === 'number') lua.lua_pushnumber(state, value)
  else if (typeof value === 'boolean') lua.lua_pushboolean(state, value)
  else pushTable(state, value, depth)
}

function pushTable(state: LuaState, value: readonly Json[] | { readonly [key: string]: Json }, depth: number): void {
  lua.lua_createtable(state, 0, 0)
  const isList = Array.isArray(value)
  for (const [key, item] of Object.entries(value)) {
    if (isList) lua.lua_pushnumber(state, Number(key) + 1)
    else pushBytes(state, bytesFromText(key))
    pushJson(state, item, depth + 1)
    lua.lua_rawset(state, -3)
  }
}

function readJson(state: LuaState, index: number, depth: number): Json {
  assertDepth(state, depth)
  switch (lua.lua_type(state, index)) {
    case lua.LUA_TSTRING:
      return textFromBytes(bytesAt(state, index))
    case lua.LUA_TNUMBER:
      return readNumber(lua.lua_tonumber(state, index))
    case lua.LUA_TBOOLEAN:
      return lua.lua_toboolean(state, index)
    case lua.LUA_TTABLE:
      return readTable(state, index, depth)
    case lua.LUA_TNIL:
      return null
    default:
      if (lua.lua_touserdata(state, index) === jsonNull) return null
      throw new RedisError('ERR Cannot serialise this type: it has no JSON form')
  }
}

function readNumber(value: number): number {
  if (!Number.isFinite(value)) throw new RedisError('ERR Cannot serialise number: must not be NaN or Inf')
  return Number(value.toPrecision(significantDigits))
}

/** A table whose keys are 1..n is a list; the empty one is an object, as lua-cjson has it. */
function readTable(state: LuaState, index: number, depth: number): Json {
  const entries: [key: string, value: Json, isNumber: boolean][] = []
  lua.lua_pushnil(state)
  while (lua.lua_next(state, index) !== 0) {
    const top = lua.lua_gettop(state)
    const isNumber = lua.lua_type(state, top - 1) === lua.LUA_TNUMBER
    // The key is read by its type: converting it in place would confuse the walk.
    const key = isNumber ? String(lua.lua_tonumber(state, top - 1)) : textFromBytes(bytesAt(state, top - 1))
    entries.push([key, readJson(state, top, depth + 1), isNumber])
    lua.lua_pop(state, 1)
  }
  const byIndex = entries.toSorted(([a], [b]) => Number(a) - Number(b))
  const isList = entries.length > 0 && byIndex.every(([key, , isNumber], at) => isNumber && Number(key) === at + 1)
  if (isList) return byIndex.map(([, value]) => value)
  return Object.fromEntries(entries.map(([key, value]) => [key, value]))
}

function assertDepth(state: LuaState, depth: number): void {
  lua.lua_checkstack(state, 8)
  if (depth > maxDepth) throw new RedisError('ERR Cannot serialise, excessive depth')
}
