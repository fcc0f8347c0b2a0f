import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readEnvNames, textBindings } from './function-env.ts'
import { readWranglerConfig } from './wrangler-config.ts'

const root = join(import.meta.dirname, '../../..')
const folder = mkdtempSync(join(tmpdir(), 'auspex-toml-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const head = 'name = "x"\ncompatibility_date = "2026-01-01"\nkeep_names = false'

function read(toml: string) {
  writeFileSync(join(folder, 'wrangler.toml'), `${head}\n${toml}`)
  return readWranglerConfig(folder)
}

test('wrangler.toml has every function that the repository has, and no other', () => {
  const folders = readdirSync(join(root, 'functions')).filter((name) => !name.startsWith('_'))
  const deployable = folders.filter((name) => existsSync(join(root, 'functions', name, 'index.ts')))
  const { functions } = readWranglerConfig(root)
  expect(functions.map(({ name }) => name).sort()).toEqual(deployable.sort())
  for (const { name, main } of functions) expect(main).toBe(`functions/${name}/index.ts`)
})

test('everything that wrangler.toml gives a function is asked for by its env.ts', async () => {
  for (const config of readWranglerConfig(root).functions) {
    const names = (await readEnvNames(root, config)).map(({ name }) => name)
    const given = [...Object.keys(config.vars), ...Object.keys(config.services)]
    expect(names, config.name).toEqual(expect.arrayContaining(given))
  }
})

test('a setting that the local start does not know is refused, so that it cannot differ unnoticed', () => {
  const table = '[env.a]\nname = "x-a"\nmain = "a.ts"\n'
  expect(read(table).functions).toHaveLength(1)
  expect(() => read(`${table}kv_namespaces = []\n`)).toThrow('kv_namespaces')
  expect(() => read(`${table}services = [{ binding = "B", service = "nobody" }]\n`)).toThrow('unknown nobody')
  expect(() => read(`${table}[env.b]\nname = "x-a"\nmain = "b.ts"\n`)).toThrow('same name')
})

test('auth alone is given the key that signs tokens, and whoever needs a value without one is named', async () => {
  const { functions } = readWranglerConfig(root)
  const all = await Promise.all(functions.map(async (config) => ({ config, names: await readEnvNames(root, config) })))
  const values = Object.fromEntries(all.flatMap(({ names }) => names.map(({ name }) => [name, `value of ${name}`])))
  const holders = all.filter(({ config, names }) => 'JWT_PRIVATE_KEY' in textBindings(config, names, values))
  expect(holders.map(({ config }) => config.name)).toEqual(['auth'])

  const { JWT_PRIVATE_KEY: _, ...others } = values
  for (const { config, names } of all) {
    const bind = () => textBindings(config, names, others)
    if (config.name === 'auth') expect(bind).toThrow('auth needs JWT_PRIVATE_KEY')
    else expect(bind).not.toThrow()
  }
})

test('values of this machine stand above the vars of wrangler.toml, and a var that nobody reads is refused', () => {
  const [config] = read(
    '[env.a]\nname = "x-a"\nmain = "a.ts"\nvars = { MODE = "production", LEVEL = "info" }\n',
  ).functions
  if (!config) throw new Error('no function')
  const names = ['MODE', 'LEVEL', 'MORE'].map((name) => ({ name, isOptional: name === 'MORE' }))
  expect(textBindings(config, names, { MODE: 'local' })).toEqual({ MODE: 'local', LEVEL: 'info' })
  expect(() => textBindings(config, names.slice(1), {})).toThrow('MODE')
})
