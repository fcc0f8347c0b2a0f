import { expect, test } from 'vitest'
import { parseHtml } from '#infra/local/telegram/html.ts'
import { commands } from './commands.ts'
import { filmCards, shorten } from './film-cards.ts'
import en from './locales/en.json' with { type: 'json' }
import ru from './locales/ru.json' with { type: 'json' }
import { languageOf, languages, textsIn } from './texts.ts'

type Tree = { [key: string]: string | Tree }

function flat(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flat(value, `${prefix}${key}.`),
  )
}

/** Forms of number are those of each language. */
const bare = (key: string) => key.replace(/_(one|few|many|other)$/, '')
const { genres: _, ...russian } = ru

test('both languages have the same texts, which name the same things', () => {
  const placeholders = (tree: Tree) =>
    Object.fromEntries(
      flat(tree).map(([key, text]) => [bare(key), [...text.matchAll(/{{(\w+)}}/g)].map(([, name]) => name).sort()]),
    )
  expect(placeholders(russian)).toEqual(placeholders(en))
  for (const key of flat(en).flatMap(([key]) => (key.endsWith('_one') ? [bare(key)] : [])))
    for (const form of ['one', 'few', 'many', 'other'])
      expect(flat(ru).map(([name]) => name)).toContain(`${key}_${form}`)
})

test('every text is HTML that Telegram takes, whatever is put into it', () => {
  const hostile = '<b>&"\'</i> {{name}} $t(help.search)'
  for (const language of languages) {
    const t = textsIn(language)
    for (const [key, text] of flat(language === 'en' ? en : russian)) {
      const names = [...text.matchAll(/{{(\w+)}}/g)].map(([, name]) => name)
      const told = Object.fromEntries(names.map((name) => [name, hostile]))
      const html = t(bare(key) as 'help.search', { ...told, count: 3 })
      expect(() => parseHtml(html), key).not.toThrow()
      if (names.some((name) => name !== 'count')) expect(parseHtml(html).text).toContain('<b>&"\'</i>')
    }
  }
})

test('Russian counts as Russians do', () => {
  const t = textsIn('ru')
  expect([1, 2, 5, 21, 111].map((count) => t('profile.balance', { count }).slice(3))).toEqual([
    '1 кредит',
    '2 кредита',
    '5 кредитов',
    '21 кредит',
    '111 кредитов',
  ])
})

test('the language is that of the person’s Telegram where it is spoken here', () => {
  expect(['ru', 'ru-RU', 'RU', 'en', 'de', 'rum', undefined].map(languageOf)).toEqual([
    'ru',
    'ru',
    'ru',
    'en',
    'en',
    'en',
    'en',
  ])
})

test('a message of films fits Telegram, however long and strange their texts are', () => {
  const film = {
    id: `film_${'0'.repeat(32)}`,
    title: '<&>'.repeat(200),
    description: '👩‍👩‍👧‍👦 & '.repeat(2_000),
    year: 2000,
    genres: Array.from({ length: 20 }, (_, i) => `<${i}>`.repeat(40)),
    score: 0.5,
    why: { kind: 'words' as const, detail: '', terms: Array.from({ length: 30 }, () => '&'.repeat(500)) },
  }
  const html = filmCards({ language: 'en', t: textsIn('en') }, Array(5).fill(film))
  const { text } = parseHtml(html)
  expect(text.length).toBeLessThanOrEqual(3_900)
  expect(text).toContain('5. <&><&>')
  expect(shorten('a long walk in the rain without an umbrella', 30)).toBe('a long walk in the rain…')
})

test('commands are such as Telegram takes, and are described within its bounds', () => {
  for (const command of commands) expect(command).toMatch(/^[a-z0-9_]{1,32}$/)
  for (const [key, text] of [...flat(en.commands), ...flat(ru.commands)])
    expect(text.length, key).toBeLessThanOrEqual(256)
})
