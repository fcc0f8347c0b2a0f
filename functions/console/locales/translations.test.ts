import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { texts as english } from './en.ts'
import { texts as russian } from './ru.ts'

const root = join(import.meta.dirname, '..')

/** Every text by its whole key. */
function flatten(texts: object, path = ''): [key: string, text: string][] {
  return Object.entries(texts).flatMap(([name, value]: [string, unknown]) => {
    const key = path === '' ? name : `${path}.${name}`
    return typeof value === 'object' && value !== null ? flatten(value, key) : [[key, String(value)]]
  })
}

const forms = /_(zero|one|two|few|many|other)$/
const withoutForm = (key: string) => key.replace(forms, '')
const inEnglish = flatten(english)
const inRussian = flatten(russian)
const keysOf = (texts: [string, string][]) => [...new Set(texts.map(([key]) => withoutForm(key)))].sort()
const known = keysOf(inEnglish)

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
const codeFiles = files.filter((file) => /\.tsx?$/.test(file) && !/\.test\.ts$|^(testing|locales)\//.test(file))
const code = codeFiles.map((file) => readFileSync(join(root, file), 'utf8')).join('\n')
/** Whatever looks like a key: also those that are handed on before they are looked up. */
const spoken = new Set(
  [...code.matchAll(/['"`]([a-z][a-z_0-9]*(?:\.[a-zA-Z_0-9-]+)*)['"`]/g)].map(([, key]) => key ?? ''),
)
/**
 * Keys that are put together, as in `jobs.status.${status}`: each as a pattern of what it may become, also below the name
 * of a domain.
 */
const composed = [...code.matchAll(/`([^`\n]*\$\{[^`\n]*)`/g)]
  .map(([, template = '']) => template.split(/\$\{[^}]*\}/))
  .filter(
    (pieces) =>
      /[a-z]/i.test(pieces.join('')) &&
      pieces.join('').includes('.') &&
      pieces.every((piece) => /^[\w.-]*$/.test(piece)),
  )
  .map((pieces) => new RegExp(`^(?:[a-z]+\\.)?${pieces.map((piece) => piece.replaceAll('.', '\\.')).join('.+')}$`))

test('both languages say the same things', () => {
  expect(keysOf(inRussian)).toEqual(known)
})

test('every part of the console is spoken for, and no two parts share a name', () => {
  const parts = files.filter((file) => file.endsWith('en.json'))
  const names = parts.flatMap((file) => Object.keys(JSON.parse(readFileSync(join(root, file), 'utf8'))))
  expect(names.toSorted()).toEqual(Object.keys(english).sort())
})

test.each([
  ['English', inEnglish, 'en'],
  ['Russian', inRussian, 'ru'],
])('%s has every plural form that its numbers need', (_, texts, language) => {
  const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted()
  const counted = Map.groupBy(
    texts.map(([key]) => key).filter((key) => forms.test(key)),
    withoutForm,
  )
  for (const [key, all] of counted) expect(all.map((one) => one.slice(key.length + 1)).sort(), key).toEqual(needed)
})

test('Russian speaks of no value that English does not have', () => {
  const valuesOf = (text: string) => [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name)
  const byKey = Map.groupBy(inEnglish, ([key]) => withoutForm(key))
  const unknown = inRussian.flatMap(([key, text]) => {
    const values = new Set((byKey.get(withoutForm(key)) ?? []).flatMap(([, one]) => valuesOf(one)))
    return valuesOf(text).filter((name) => !values.has(name) && name !== 'count')
  })
  expect(unknown).toEqual([])
})

test('nothing is left in English where Russian is spoken', () => {
  const words = (text: string) => text.replaceAll(/\{\{.*?\}\}/g, '').match(/\p{Ll}{2,}/gu) ?? []
  const untranslated = inRussian.filter(([, text]) => words(text).length > 0 && !/[а-яё]/i.test(text))
  expect(untranslated).toEqual([])
})

test('every text that the code asks for is there', () => {
  const parts = new Set(Object.keys(english))
  const asked = [...code.matchAll(/\bt\(\s*['"]([^'"]+)['"]/g)].map(([, key]) => key ?? '')
  expect(
    asked
      .filter((key) => parts.has(key.split('.')[0] ?? '') || key.includes('.'))
      .filter((key) => !known.includes(key)),
  ).toEqual([])
})

test('no text is left that nothing asks for', () => {
  const isComposed = (key: string) => composed.some((pattern) => pattern.test(key))
  expect(known.filter((key) => !spoken.has(key) && !isComposed(key))).toEqual([])
})
