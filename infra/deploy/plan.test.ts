import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { routes } from '#functions/gateway/routes.ts'
import { readEnvNames } from '#infra/local/workerd/function-env.ts'
import { readWranglerConfig } from '#infra/local/workerd/wrangler-config.ts'
import { calleesFirst, routesOf, secretsOf } from './plan.ts'
import { isOverBudget, measureBundle } from './size.ts'

const root = join(import.meta.dirname, '../..')
const { functions } = readWranglerConfig(root)
const folder = mkdtempSync(join(tmpdir(), 'auspex-size-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('who is called is deployed before who calls', () => {
  const ordered = calleesFirst(functions)
  expect(ordered).toHaveLength(functions.length)
  for (const { services, name } of functions) {
    const position = ordered.findIndex((it) => it.name === name)
    for (const callee of Object.values(services)) {
      expect(ordered.findIndex((it) => it.workerName === callee)).toBeLessThan(position)
    }
  }
})

test('every path of the gateway belongs to exactly one function that is deployed', () => {
  const behind = functions.filter(({ name }) => name !== 'gateway')
  const paths = behind.flatMap((config) => routesOf(config, functions))
  expect(paths.sort()).toEqual(Object.keys(routes).sort())
})

test('what a function needs and wrangler.toml does not give is listed as a secret', async () => {
  const [auth] = functions.filter(({ name }) => name === 'auth')
  if (!auth) throw new Error('no auth')
  const secrets = secretsOf(auth, await readEnvNames(root, auth)).map(({ name }) => name)
  expect(secrets).toEqual(expect.arrayContaining(['DATABASE_URL', 'JWT_PRIVATE_KEY', 'PASSWORD_PEPPER']))
  expect(secrets).not.toEqual(expect.arrayContaining(['ENVIRONMENT']))
})

test('a bundle over the budget is noticed; source maps are not uploaded and do not count', () => {
  writeFileSync(join(folder, 'index.js'), noise(900_000))
  writeFileSync(join(folder, 'index.js.map'), noise(900_000))
  expect(isOverBudget(measureBundle('balance', folder))).toBe(false)
  writeFileSync(join(folder, 'more.js'), noise(300_000))
  expect(isOverBudget(measureBundle('balance', folder))).toBe(true)
  expect(isOverBudget(measureBundle('infer', folder))).toBe(false)
})

/** Bytes that do not compress. */
function noise(length: number): Uint8Array {
  let state = 1
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state >>> 24
  })
}
