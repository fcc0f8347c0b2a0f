import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Ask, snippetLanguages, writeSnippet } from './snippets.ts'

const origin = 'https://auspex.example'
const ask: Ask = { model_name: 'toy', data: { power: [1, 2.5], fuel: ['gas', null] } }
const hostile = [
  '\'; rm -rf "$HOME" #',
  '`id`',
  '$(id)',
  '\\',
  '\\"',
  '\n',
  '\u0024{x}',
  '"""',
  '\u2028',
  '</script>',
  '!1',
  'й🚗',
]
const hostileAsk: Ask = { model_name: 'toy', data: { [hostile.join('')]: hostile } }

/** What is sent, as a program of the language reads it. */
const bodies = {
  curl: (snippet: string) =>
    JSON.parse(
      execFileSync('sh', [
        '-c',
        `curl() { for last; do :; done; printf %s "$last"; }; uuidgen() { :; }\n${snippet}`,
      ]).toString(),
    ),
  typescript: (snippet: string) => new Function(`return (${literalIn(snippet)})`)() as unknown,
}

function literalIn(snippet: string): string {
  return /JSON\.stringify\(([\s\S]*)\),\n\}\)\nif/.exec(snippet)?.[1] ?? ''
}

test('the snippet says the same call in each language', () => {
  for (const language of snippetLanguages) {
    const snippet = writeSnippet(language, origin, ask)
    expect(snippet).toContain('https://auspex.example/predict')
    expect(snippet).toContain('AUSPEX_API_KEY')
    expect(snippet.toLowerCase()).toContain('idempotency-key')
    expect(snippet).toContain(`"fuel": ["gas", ${language === 'python' ? 'None' : 'null'}]`)
  }
})

test('a shell and a script read back what was meant, whatever the texts hold', () => {
  for (const language of ['curl', 'typescript'] as const)
    for (const meant of [ask, hostileAsk])
      expect(bodies[language](writeSnippet(language, origin, meant))).toEqual(meant)
})

test('a script reads back any text, for it is written as JSON', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...hostile.join(''), '\ud800', '\u0000', '\r') }), (text) => {
      const meant: Ask = { model_name: text, data: { power: [text, 1, null] } }
      expect(JSON.parse(literalIn(writeSnippet('typescript', origin, meant)))).toEqual(meant)
    }),
  )
})

test('Python literals escape as JSON does, and know no null', () => {
  const snippet = writeSnippet('python', origin, {
    model_name: 'toy',
    data: { a: ['"', '\\', '\n', '{x}', null, 1e21] },
  })
  expect(snippet).toContain(String.raw`"a": ["\"", "\\", "\n", "{x}", None, 1e+21]`)
  expect(snippet).not.toContain('null')
})
