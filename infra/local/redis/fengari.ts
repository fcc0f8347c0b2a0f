import { createRequire } from 'node:module'
import type { Bytes } from './reply.ts'

/** The part of fengari (Lua 5.3 in JavaScript, without types of its own) that is used here. */
export type LuaState = object & { readonly luaState: unique symbol }
export type LuaFunction = (state: LuaState) => number

export interface LuaApi {
  readonly LUA_OK: number
  readonly LUA_MASKCOUNT: number
  readonly LUA_REGISTRYINDEX: number
  readonly LUA_TNIL: number
  readonly LUA_TBOOLEAN: number
  readonly LUA_TNUMBER: number
  readonly LUA_TSTRING: number
  readonly LUA_TTABLE: number
  lua_atnativeerror(state: LuaState, handler: LuaFunction): void
  lua_checkstack(state: LuaState, slots: number): number
  lua_createtable(state: LuaState, arraySize: number, fields: number): void
  lua_error(state: LuaState): never
  lua_gettop(state: LuaState): number
  lua_next(state: LuaState, index: number): number
  lua_pcall(state: LuaState, args: number, results: number, handler: number): number
  lua_pop(state: LuaState, count: number): void
  lua_pushboolean(state: LuaState, value: boolean): void
  lua_pushcfunction(state: LuaState, value: LuaFunction): void
  lua_pushglobaltable(state: LuaState): void
  lua_pushlightuserdata(state: LuaState, value: unknown): void
  lua_pushnil(state: LuaState): void
  lua_pushnumber(state: LuaState, value: number): void
  lua_pushstring(state: LuaState, value: Uint8Array): void
  lua_rawgeti(state: LuaState, index: number, at: number): number
  lua_rawseti(state: LuaState, index: number, at: number): void
  lua_rawset(state: LuaState, index: number): void
  lua_rawget(state: LuaState, index: number): number
  lua_sethook(state: LuaState, hook: ((state: LuaState) => void) | null, mask: number, count: number): void
  lua_settop(state: LuaState, index: number): void
  lua_toboolean(state: LuaState, index: number): boolean
  lua_tonumber(state: LuaState, index: number): number
  lua_tostring(state: LuaState, index: number): Uint8Array | null
  lua_touserdata(state: LuaState, index: number): unknown
  lua_type(state: LuaState, index: number): number
}

interface LuaAuxiliary {
  luaL_newstate(): LuaState
  luaL_loadbufferx(state: LuaState, chunk: Uint8Array, size: number, name: Uint8Array, mode: Uint8Array): number
  luaL_ref(state: LuaState, table: number): number
  luaL_unref(state: LuaState, table: number, reference: number): void
  luaL_requiref(state: LuaState, name: Uint8Array, open: LuaFunction, isGlobal: boolean): void
}

interface LuaLibraries {
  readonly luaopen_base: LuaFunction
  readonly luaopen_string: LuaFunction
  readonly luaopen_table: LuaFunction
  readonly luaopen_math: LuaFunction
}

interface TypedValue {
  readonly value: number
  ttisinteger(): boolean
  setfltvalue(value: number): void
}

interface LuaDebug {
  luaG_runerror(state: LuaState, message: Uint8Array): never
}

interface LuaStrings {
  luaS_bless(state: LuaState, text: Uint8Array): object
}

interface LuaObjects {
  luaO_str2num(text: Uint8Array, target: TypedValue): number
}

const require = createRequire(import.meta.url)

// Redis speaks Lua 5.1, where 2 prints as "2" and every number is a double. The setting is read when fengari loads.
process.env.FENGARICONF = JSON.stringify({ LUA_COMPAT_FLOATSTRING: true })

// Instructions are counted, but ten of them can double a string ten times: bytes are counted too. Short strings are free,
// so that an error can always be told. Fengari's other modules keep what they find here, so this is done before they load.
const freeStringBytes = 256
const strings: LuaStrings = require('fengari/src/lstring.js')
const makeString = strings.luaS_bless
const outOfMemory = new TextEncoder().encode('script used too much memory and was stopped')
let stringBytesLeft = Number.POSITIVE_INFINITY
let whenOutOfMemory: (state: LuaState) => void = () => {}
strings.luaS_bless = (state, text) => {
  if (text.length > freeStringBytes) stringBytesLeft -= text.length
  if (text.length > freeStringBytes && stringBytesLeft < 0) {
    whenOutOfMemory(state)
    debug.luaG_runerror(state, outOfMemory)
  }
  return makeString(state, text)
}

/** How many bytes of text scripts may make from now on, dropped ones included. */
export function limitStringBytes(bytes: number, whenExceeded: (state: LuaState) => void): void {
  stringBytesLeft = bytes
  whenOutOfMemory = whenExceeded
}

const fengari: { lua: LuaApi; lauxlib: LuaAuxiliary; lualib: LuaLibraries } = require('fengari')
delete process.env.FENGARICONF
const debug: LuaDebug = require('fengari/src/ldebug.js')

// Fengari's integers have 32 bits and wrap around, so that a window of 30 days in milliseconds would become negative:
// every numeral is read as a double instead.
const objects: LuaObjects = require('fengari/src/lobject.js')
const readNumeral = objects.luaO_str2num
objects.luaO_str2num = (text, target) => {
  const consumed = readNumeral(text, target)
  if (consumed !== 0 && target.ttisinteger()) target.setfltvalue(target.value)
  return consumed
}

export const { lua, lauxlib, lualib } = fengari

export const luaString = (bytes: Bytes) => new Uint8Array(Buffer.from(bytes, 'latin1'))

export const bytesFromLua = (text: Uint8Array): Bytes =>
  Buffer.from(text.buffer, text.byteOffset, text.byteLength).toString('latin1')

/** The text of a string or number on the stack; empty for anything else. */
export function bytesAt(state: LuaState, index: number): Bytes {
  const text = lua.lua_tostring(state, index)
  return text ? bytesFromLua(text) : ''
}

export function pushBytes(state: LuaState, bytes: Bytes): void {
  lua.lua_pushstring(state, luaString(bytes))
}

/** Raises a Lua error whose value is the table `{ err = message }`, as Redis does. */
export function raise(state: LuaState, message: Bytes): never {
  pushField(state, 'err', message)
  return lua.lua_error(state)
}

/** Pushes a table with one text field. */
export function pushField(state: LuaState, name: string, value: Bytes): void {
  lua.lua_createtable(state, 0, 1)
  pushBytes(state, name)
  pushBytes(state, value)
  lua.lua_rawset(state, -3)
}

/** Pushes a table of functions. */
export function pushFunctions(state: LuaState, functions: Readonly<Record<string, LuaFunction>>): void {
  lua.lua_createtable(state, 0, 0)
  for (const [name, implementation] of Object.entries(functions)) {
    pushBytes(state, name)
    lua.lua_pushcfunction(state, implementation)
    lua.lua_rawset(state, -3)
  }
}
