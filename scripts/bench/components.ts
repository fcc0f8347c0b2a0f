import { globSync } from 'node:fs'
import { join, relative } from 'node:path'
import { runTool } from '../lib/run.ts'

const root = join(import.meta.dirname, '../..')

/** Runs every `*.bench.ts`: each prints its own figures. */
export async function benchComponents(): Promise<string[]> {
  const files = globSync('{models,infra,functions}/**/*.bench.ts', { cwd: root }).sort()
  for (const file of files) {
    console.log(`\n${file}`)
    runTool('node', ['--disable-warning=ExperimentalWarning', join(root, file)])
  }
  return files.map((file) => relative(root, join(root, file)))
}
