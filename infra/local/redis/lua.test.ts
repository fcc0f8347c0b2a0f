import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { givenRedis } from './testing.ts'

const evaluated = async (script: string, keys: string[] = [], args: unknown[] = []) => {
  const { redis } = await givenRedis()
  return redis.eval(script, keys, args)
}

test('values keep Redis rules on their way out of Lua', async () => {
  expect(
    await evaluated(`return { 1, 2.7, -2.7, 'x', { ok = 'fine' }, true, false, { 1, { 2 } }, 'end', nil, 'lost' }`),
  ).toEqual([1, 2, -2, 'x', 'fine', 1, null, [1, [2]], 'end'])
  expect(await evaluated(`return redis.status_reply('OK')`)).toBe('OK')
  await expect(evaluated(`return redis.error_reply('MINE too late')`)).rejects.toThrow('MINE too late')
})

test('values keep Redis rules on their way into Lua', async () => {
  const { redis } = await givenRedis()
  const script = `
    local types = {}
    local function note(value) types[#types + 1] = type(value) .. ':' .. tostring(type(value) == 'table' and (value.ok or #value) or value) end
    note(redis.call('SET', KEYS[1], 12)); note(redis.call('GET', KEYS[1])); note(redis.call('GET', 'missing'))
    note(redis.call('INCR', KEYS[1])); note(redis.call('MGET', KEYS[1], 'missing'))
    return types`
  expect(await redis.eval(script, ['key'], [])).toEqual([
    'table:OK',
    'string:12',
    'boolean:false',
    'number:13',
    'table:2',
  ])
})

test('numbers are doubles and print as Lua 5.1 prints them', async () => {
  const { redis } = await givenRedis()
  const script = `local a, b = tonumber(ARGV[1]), tonumber(ARGV[2])
    return { cjson.encode({ a + b, a - b, a * b }), a .. '', tostring(b * 2), string.format('%d', a) }`
  const integer = fc.integer({ min: -9_999_999, max: 9_999_999 })
  await fc.assert(
    fc.asyncProperty(integer, integer, async (a, b) => {
      expect(await redis.eval(script, [], [a, b])).toEqual([[a + b, a - b, a * b + 0], a, b * 2, a])
    }),
    { numRuns: 40 },
  )
  expect(await evaluated(`return { 10 / 2 .. '', 7 / 2 .. '', 2 ^ 31 .. '', 30 * 86400000 * 2 .. '' }`)).toEqual([
    5, 3.5, 2_147_483_648, 5_184_000_000,
  ])
})

test('bytes pass through Lua unchanged', async () => {
  expect(await evaluated(`return { ARGV[1], #ARGV[1] .. '' }`, [], ['é👍'])).toEqual(['é👍', 6])
})

test('an error of a command ends the script, unless it was called with care', async () => {
  const { redis } = await givenRedis()
  await redis.set('word', 'x')
  const notInteger = 'ERR value is not an integer or out of range'
  await expect(redis.eval(`redis.call('SET', 'before', 1) return redis.call('INCR', 'word')`, [], [])).rejects.toThrow(
    notInteger,
  )
  expect(await redis.get('before')).toBe(1)
  expect(await redis.eval(`return redis.pcall('INCR', 'word').err`, [], [])).toBe(notInteger)
  expect(await redis.eval(`local fine, e = pcall(redis.call, 'INCR', 'word') return { fine, e.err }`, [], [])).toEqual([
    null,
    notInteger,
  ])
  await expect(redis.eval(`return redis.call('NOPE')`, [], [])).rejects.toThrow("ERR unknown command 'NOPE'")
  await expect(redis.eval(`return redis.call('EVAL', 'return 1', 0)`, [], [])).rejects.toThrow("unknown command 'EVAL'")
  await expect(redis.eval(`return redis.call({})`, [], [])).rejects.toThrow('must be strings or integers')
  await expect(redis.eval('return return', [], [])).rejects.toThrow(
    'ERR Error compiling script (new function): user_script:1:',
  )
  await expect(redis.eval(`error('my words')`, [], [])).rejects.toThrow('ERR user_script:1: my words')
})

test('EVALSHA knows what was loaded, by the hash of the whole text, shebang and all', async () => {
  const { redis } = await givenRedis()
  const script = '#!lua flags=allow-key-locking\nreturn KEYS[1] .. ARGV[1]'
  const hash = createHash('sha1').update(script).digest('hex')
  await expect(redis.evalsha(hash, ['a'], ['b'])).rejects.toThrow('NOSCRIPT No matching script. Please use EVAL.')
  expect(await redis.scriptLoad(script)).toBe(hash)
  expect(await redis.evalsha(hash.toUpperCase(), ['a'], ['b'])).toBe('ab')
  expect(await redis.scriptExists(hash, 'other')).toEqual([1, 0])
  await redis.scriptFlush()
  expect(await redis.scriptExists(hash)).toEqual([0])
})

test('more scripts than are kept do not mix up', async () => {
  const { redis } = await givenRedis()
  for (let round = 0; round < 2; round++) {
    const pipeline = redis.pipeline()
    for (let n = 0; n < 600; n++) pipeline.eval(`return ${n}`, [], [])
    expect(await pipeline.exec()).toEqual(Array.from({ length: 600 }, (_, n) => n))
  }
})

test('a script that never ends is stopped, even when it catches its own errors, and the next one runs', async () => {
  const { redis } = await givenRedis({ maxScriptInstructions: 100_000 })
  const endless = [
    'while true do end',
    'while true do pcall(function() while true do end end) end',
    'local function f() return f() end return f()',
    'local t = setmetatable({}, { __index = function(t, k) return t[k + 1] end }) return t[1]',
    'local function f(n) return 1 + f(n + 1) end return f(1)',
    `local function f() return string.gsub('x', 'x', f) end return f()`,
    `return string.rep('x', 1e9)`,
    `return ${'('.repeat(50_000)}1${')'.repeat(50_000)}`,
  ]
  for (const script of endless) {
    await expect(redis.eval(script, [], [])).rejects.toThrow('ERR')
    expect(await redis.eval('return { KEYS[1], string.rep(ARGV[1], 2) }', ['k'], ['a'])).toEqual(['k', 'aa'])
  }
})

test('a script that fills the memory is stopped, even when it catches its own errors', async () => {
  const { redis } = await givenRedis()
  const greedy = [
    `local s = 'x' while true do s = s .. s end`,
    `local s = 'x' while true do pcall(function() s = s .. s end) end`,
  ]
  for (const script of greedy) await expect(redis.eval(script, [], [])).rejects.toThrow(/too much memory|too long/)
  expect(await redis.eval('return #string.rep(ARGV[1], 1e6)', [], ['x'])).toBe(1_000_000)
})

test('a script cannot change the world of the next', async () => {
  const { redis } = await givenRedis()
  const attempts = [
    'leak = 1',
    'string.rep = nil',
    `rawset(_G, 'leak', 1)`,
    `rawset(string, 'rep', 1)`,
    'setmetatable(_G, {})',
    `getmetatable('').__index = nil`,
    'redis.call = nil',
    `load('leak = 1')()`,
    'return leak',
    `return io.open('/etc/passwd')`,
    'return os.getenv("HOME")',
    `return require('fs')`,
  ]
  for (const attempt of attempts) await expect(redis.eval(attempt, [], [])).rejects.toThrow('ERR')
  expect(await redis.eval(`return ('x'):rep(3)`, [], [])).toBe('xxx')
})

test('read-only scripts do not write', async () => {
  const { redis } = await givenRedis()
  await expect(redis.evalRo(`return redis.call('SET', 'k', 1)`, [], [])).rejects.toThrow(
    'not allowed from read-only scripts',
  )
  expect(await redis.evalRo(`return redis.call('EXISTS', 'k')`, [], [])).toBe(0)
  await expect(redis.eval(`#!lua flags=no-writes\nreturn redis.call('SET', 'k', 1)`, [], [])).rejects.toThrow(
    'read-only',
  )
})

test('JSON goes through cjson and comes back the same', async () => {
  const { redis } = await givenRedis()
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.array(tie('json'), { minLength: 1, maxLength: 4 }), // Lua cannot tell an empty list from an empty object
      fc.dictionary(fc.string(), tie('json'), { maxKeys: 4 }),
    ),
  }))
  await fc.assert(
    fc.asyncProperty(json, async (value) => {
      const text = await redis.eval('return cjson.encode({ cjson.decode(ARGV[1]) })', [], [JSON.stringify(value)])
      expect(text).toEqual([JSON.parse(JSON.stringify(value))])
    }),
    { numRuns: 60 },
  )
  await expect(redis.eval(`return cjson.decode('{')`, [], [])).rejects.toThrow('invalid token')
})
