import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const pages = ['README.md', 'CONTRIBUTING.md', ...readdirSync(join(root, 'docs')).flatMap(pageOf)]
const Package = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }

test.each(pages)('%s links to files that are there, and names commands that exist', (page) => {
  const text = readFileSync(join(root, page), 'utf8')
  const links = [...text.matchAll(/\]\((?!https?:|http:|#)([^)#]+)/g)].map(([, target = '']) => target)
  const missing = links.filter((target) => !existsSync(join(root, dirname(page), target)))
  expect(missing).toEqual([])
  const paths = [...text.matchAll(/`((?:functions|db|models|infra|scripts|docs)\/[\w./-]+)`/g)].map(
    ([, path = '']) => path,
  )
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([])
  const commands = [...text.matchAll(/npm run ([a-z:]+)/g)].map(([, name = '']) => name)
  expect(commands.filter((name) => !(name in Package.scripts))).toEqual([])
})

function pageOf(name: string): string[] {
  return name.endsWith('.md') ? [`docs/${name}`] : []
}
