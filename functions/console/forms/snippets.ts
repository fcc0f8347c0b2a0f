import type { RawColumns } from './draft.ts'

/** The body of `POST /predict`. */
export interface Ask {
  model_name: string
  data: RawColumns
}

export const snippetLanguages = ['curl', 'typescript', 'python'] as const
export type SnippetLanguage = (typeof snippetLanguages)[number]

/** A call of the API as a program makes it; the key comes from the environment, never from the console. */
export function writeSnippet(language: SnippetLanguage, origin: string, ask: Ask): string {
  return writers[language](`${origin}/predict`, ask)
}

const writers = { curl: writeCurl, typescript: writeTypeScript, python: writePython }

function writeCurl(url: string, ask: Ask): string {
  return [
    `curl ${shellQuote(url)} \\`,
    '  -H "Authorization: Bearer $AUSPEX_API_KEY" \\',
    "  -H 'Content-Type: application/json' \\",
    '  -H "Idempotency-Key: $(uuidgen)" \\',
    `  --data-raw ${shellQuote(writeLiteral(ask, 0, JSON.stringify))}`,
  ].join('\n')
}

function writeTypeScript(url: string, ask: Ask): string {
  return `const response = await fetch(${JSON.stringify(url)}, {
  method: 'POST',
  headers: {
    authorization: \`Bearer \${process.env.AUSPEX_API_KEY}\`,
    'content-type': 'application/json',
    'idempotency-key': crypto.randomUUID(),
  },
  body: JSON.stringify(${writeLiteral(ask, 2, JSON.stringify)}),
})
if (!response.ok) throw new Error(await response.text())
const { job_id } = (await response.json()) as { job_id: string }
console.log(job_id)`
}

function writePython(url: string, ask: Ask): string {
  return `import os
import uuid

import requests

response = requests.post(
    ${JSON.stringify(url)},
    headers={
        "Authorization": f"Bearer {os.environ['AUSPEX_API_KEY']}",
        "Idempotency-Key": str(uuid.uuid4()),
    },
    json=${writeLiteral(ask, 4, pythonValue)},
    timeout=30,
)
response.raise_for_status()
print(response.json()["job_id"])`
}

/** One line a column, so that people can read it. */
function writeLiteral({ model_name, data }: Ask, indent: number, write: (value: unknown) => string): string {
  const space = ' '.repeat(indent)
  const columns = Object.entries(data).map(
    ([name, values]) => `${space}    ${JSON.stringify(name)}: [${values.map(write).join(', ')}]`,
  )
  const lines = [
    '{',
    `${space}  "model_name": ${JSON.stringify(model_name)},`,
    `${space}  "data": {`,
    columns.join(',\n'),
    `${space}  }`,
    `${space}}`,
  ]
  return lines.join('\n')
}

/** What JSON escapes in a text, Python reads alike. */
function pythonValue(value: unknown): string {
  return value === null || value === undefined ? 'None' : JSON.stringify(value)
}

/** Nothing has a meaning between single quotes, but a single quote. */
function shellQuote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
