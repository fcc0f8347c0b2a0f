import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { bundle } from './bundle.ts'

const root = mkdtempSync(join(tmpdir(), 'auspex-bundle-'))
afterAll(() => rmSync(root, { recursive: true }))
/** The least module that there is. */
const code = Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])

test('compiled code is a module beside the bundle, and refused by a name that wrangler would not take', async () => {
  writeFileSync(join(root, 'code.wasm'), code)
  writeFileSync(join(root, 'package.json'), JSON.stringify({ imports: { '#code.wasm': './code.wasm' } }))
  const bundled = (specifier: string) => {
    writeFileSync(join(root, 'main.js'), `import code from '${specifier}'\nexport default { code }\n`)
    return bundle(root, [{ name: 'main', main: 'main.js' }], join(root, 'out'))
  }
  const { modules } = await bundled('./code.wasm')
  expect(modules.main).toEqual(['main.js', expect.stringMatching(/^[0-9a-f]{16}-code\.wasm$/)])
  await expect(bundled('#code.wasm')).rejects.toThrow('must be imported by its path')
})
