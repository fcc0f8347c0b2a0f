import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')

test('the example of the page trains, judges, exports and runs a model', async () => {
  const [, example = ''] = /```ts\n(.*?)```/s.exec(readFileSync(join(root, 'docs/learners.md'), 'utf8')) ?? []
  mkdirSync(join(root, '.cache'), { recursive: true })
  const folder = mkdtempSync(join(root, '.cache/example-')) // in the checkout, where `#models` is known
  writeFileSync(join(folder, 'example.ts'), example)
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'example.ts')]).finally(() =>
    rmSync(folder, { recursive: true }),
  )
  const [r2 = 0, onnx = 0, typescript = 1] = [...stdout.matchAll(/-?\d+\.\d+/g)].map(Number)
  expect(r2).toBeGreaterThan(0.99)
  expect(Math.abs(onnx / typescript - 1)).toBeLessThan(1e-5)
})
