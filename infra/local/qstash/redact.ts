import { hash } from 'node:crypto'

/** What the API must not show: the body, all headers (`true`) or the named ones. Deliveries are not affected. */
export interface Redaction {
  body: boolean
  headers: true | string[]
}

/** Reads `body,header[Authorization]`. @returns undefined when nothing is to be redacted */
export function parseRedaction(text: string): Redaction | undefined {
  const redaction: Redaction = { body: false, headers: [] }
  for (const part of text.split(',').map((field) => field.trim())) {
    const name = /^headers?\[(.+)\]$/i.exec(part)?.[1]
    if (part === 'body') redaction.body = true
    else if (part === 'header' || part === 'headers') redaction.headers = true
    else if (name !== undefined && redaction.headers !== true) redaction.headers.push(name.toLowerCase())
  }
  return redaction.body || redaction.headers === true || redaction.headers.length > 0 ? redaction : undefined
}

const redacted = (value: string | Buffer) => `REDACTED:${hash('sha256', value, 'hex')}`

/** Header names to arrays of values, as the API shows them. */
export function shownHeaders(headers: readonly [string, string][], redaction?: Redaction): Record<string, string[]> {
  const shown: Record<string, string[]> = Object.create(null)
  for (const [name, value] of headers) {
    const isHidden = redaction !== undefined && (redaction.headers === true || redaction.headers.includes(name))
    const values = shown[name] ?? []
    values.push(isHidden ? redacted(value) : value)
    shown[name] = values
  }
  return shown
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** UTF-8 text as `body`, anything else as `bodyBase64`. */
export function shownBody(body: Buffer, redaction?: Redaction): { body?: string; bodyBase64?: string } {
  if (redaction?.body === true) return { body: redacted(body) }
  try {
    return { body: utf8.decode(body) }
  } catch {
    return { bodyBase64: body.toString('base64') }
  }
}
