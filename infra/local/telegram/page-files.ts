import { readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { TelegramError } from './telegram-error.ts'

const folder = join(import.meta.dirname, 'page')

const css = 'text/css; charset=utf-8'
const script = 'text/javascript; charset=utf-8'
const files: Readonly<Record<string, { name: string; type: string }>> = {
  '/': { name: 'chat.html', type: 'text/html; charset=utf-8' },
  '/frame.css': { name: 'frame.css', type: css },
  '/messages.css': { name: 'messages.css', type: css },
  '/dialogs.css': { name: 'dialogs.css', type: css },
  // A script imports the others under the names that they have here.
  '/chat.js': { name: 'chat.ts', type: script },
  '/message-view.ts': { name: 'message-view.ts', type: script },
}

/** Nothing but what this server has, and no script that stands in the page. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Serves the page with the chat. Its script is written with types, which are taken away here. */
export function servePage(response: ServerResponse, path: string): void {
  const file = files[path]
  if (!file) throw new TelegramError(404, 'Not Found')
  const text = readFileSync(join(folder, file.name), 'utf8')
  response.writeHead(200, {
    'content-type': file.type,
    'cache-control': 'no-cache',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  })
  response.end(file.name.endsWith('.ts') ? stripTypeScriptTypes(text) : text)
}
