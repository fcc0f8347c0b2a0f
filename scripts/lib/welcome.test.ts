import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Welcome, writeWelcome } from './welcome.ts'

const publicUrl = 'http://localhost:8787'
const welcome: Welcome = {
  publicUrl,
  chatUrl: 'http://127.0.0.1:8788',
  hasDemoAccounts: true,
  example: undefined,
  logFile: '.auspex/functions/functions.log',
  stateFolder: '.auspex',
}

const commandsOf = (text: string) => text.split('\n').filter((line) => /^(TOKEN|JOB|curl)/.test(line))

/** Runs the commands in a shell whose `curl` answers with the body that it was told to send. */
function bodiesSent(text: string): string[] {
  const echo = 'curl() { while [ $# -gt 0 ]; do [ "$1" = -d ] && printf "%s\\n" "$2" >&2; shift; done; }'
  const script = [echo, 'exec 2>&1', ...commandsOf(text)].join('\n')
  return execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).split('\n').filter(Boolean)
}

test('the commands can be pasted as they are, whatever the data hold', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.double({ noNaN: true }), (text, number) => {
      const data = { name: [text], size: [number] }
      const example = { modelName: 'm', title: 'Model', priceCredits: 3, data }
      const [credentials, ask] = bodiesSent(writeWelcome({ ...welcome, example }))
      expect(JSON.parse(credentials ?? '')).toEqual({ email: 'user@demo.local', password: 'auspex-demo-1' })
      expect(ask).toBe(JSON.stringify({ model_name: 'm', data }))
    }),
    { numRuns: 20 },
  ))

test('the chat is named where there is one', () => {
  expect(writeWelcome(welcome)).toContain('http://127.0.0.1:8788')
  expect(writeWelcome({ ...welcome, chatUrl: undefined })).not.toContain('bot')
})

test('known passwords are told only where the demo accounts exist', () => {
  expect(writeWelcome(welcome)).toContain('admin@demo.local')
  expect(writeWelcome({ ...welcome, hasDemoAccounts: false })).not.toMatch(/demo\.local|auspex-demo-1/)
})
