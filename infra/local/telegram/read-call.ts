import type { IncomingMessage } from 'node:http'
import type { Upload } from './method.ts'
import { TelegramError } from './telegram-error.ts'

const maximumBytes = 12 * 2 ** 20

export interface Given {
  parameters: Record<string, unknown>
  uploads: Map<string, Upload>
}

/** What a call gives, in any of the four ways of the Bot API: query, form, form with files, JSON. */
export async function readCall(request: IncomingMessage, search: URLSearchParams): Promise<Given> {
  const given: Given = { parameters: Object.fromEntries(search), uploads: new Map() }
  const body = await readBody(request)
  if (body.byteLength === 0) return given
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('application/json')) Object.assign(given.parameters, readJson(body))
  else if (type.startsWith('multipart/form-data') || type.startsWith('application/x-www-form-urlencoded'))
    await readForm(body, type, given)
  return given
}

/** @throws TelegramError 413 */
export async function readBody(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    // The rest is read and forgotten, so that the answer can be delivered.
    if (bytes <= maximumBytes) chunks.push(chunk)
  }
  if (bytes > maximumBytes) throw new TelegramError(413, 'Request Entity Too Large')
  return new Uint8Array(Buffer.concat(chunks))
}

function readJson(body: Uint8Array): object {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body))
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // Said below.
  }
  throw new TelegramError(400, 'Bad Request: object expected as JSON')
}

async function readForm(body: Uint8Array<ArrayBuffer>, type: string, { parameters, uploads }: Given) {
  const form = await new Response(body, { headers: { 'content-type': type } }).formData().catch(() => {
    throw new TelegramError(400, 'Bad Request: the form cannot be read')
  })
  for (const [name, value] of form) {
    if (typeof value === 'string') parameters[name] = value
    else uploads.set(name, { bytes: new Uint8Array(await value.arrayBuffer()), type: value.type })
  }
}
