import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const keys = { QSTASH_TOKEN: 't', QSTASH_CURRENT_SIGNING_KEY: 'a', QSTASH_NEXT_SIGNING_KEY: 'b' }

const run = (flags: string[], env: NodeJS.ProcessEnv) =>
  spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), ...flags], { env, encoding: 'utf8' })

test.for<[string, string[], NodeJS.ProcessEnv, string]>([
  ['a missing secret', [], { ...keys, QSTASH_TOKEN: '' }, 'QSTASH_TOKEN'],
  ['a port that is none', ['--port', '70000'], keys, 'port'],
  ['an unknown flag', ['--colour'], keys, '--colour'],
  ['a data file that cannot be', ['--port', '0', '--data', '/dev/null/x'], keys, 'unable to open'],
])('%s is told, with the usage, and nothing is started', ([, flags, env, told]) => {
  const { status, stdout, stderr } = run(flags, env)
  expect(status).toBe(1)
  expect(stdout).toBe('')
  expect(stderr).toContain(told)
  expect(stderr).toContain('node infra/local/qstash/main.ts')
  expect(stderr).not.toContain('    at ')
})
