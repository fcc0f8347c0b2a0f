import { badRequest } from './telegram-error.ts'

export interface Entity {
  type: string
  /** Offset and length in UTF-16 code units. */
  offset: number
  length: number
  url?: string
  language?: string
}

export interface FormattedText {
  text: string
  entities: Entity[]
}

const typeOfTag: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  code: 'code',
  pre: 'pre',
  a: 'text_link',
  blockquote: 'blockquote',
  'tg-spoiler': 'spoiler',
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' }
const token =
  /<(\/?)([a-z][a-z0-9-]*)((?:\s+[a-z-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*)\s*>|&(?:#(\d+)|#x([0-9a-f]+)|(\w+));|</gi

/**
 * Reads the HTML of messages as Telegram does: a few tags, properly nested, four named references and all numeric ones.
 *
 * @throws TelegramError 400, in Telegram's own words, which name the place in bytes
 */
export function parseHtml(html: string): FormattedText {
  const entities: Entity[] = []
  const open: { tag: string; offset: number; url?: string }[] = []
  let text = ''
  let readTo = 0
  for (const match of html.matchAll(token)) {
    text += html.slice(readTo, match.index)
    readTo = match.index + match[0].length
    const [whole, slash, name, attributes = '', decimal, hexadecimal, reference] = match
    const at = `at byte offset ${Buffer.byteLength(html.slice(0, match.index))}`
    if (whole === '<') throw unparsable(`Unsupported start tag ${at}`)
    if (name === undefined) text += decode(whole, decimal, hexadecimal, reference)
    else if (slash === '') open.push(startTag(name.toLowerCase(), attributes, text.length, at))
    else {
      const closed = open.pop()
      if (!closed) throw unparsable(`Unexpected end tag ${at}`)
      if (closed.tag !== name.toLowerCase())
        throw unparsable(`Unmatched end tag ${at}, expected "</${closed.tag}>", found "</${name.toLowerCase()}>"`)
      entities.push(...entityOf(closed, text.length))
    }
  }
  const [unclosed] = open
  if (unclosed) throw unparsable(`Can't find end tag corresponding to start tag "${unclosed.tag}"`)
  return trimmed(text + html.slice(readTo), entities)
}

function startTag(tag: string, attributes: string, offset: number, at: string) {
  if (typeOfTag[tag] === undefined) throw unparsable(`Unsupported start tag "${tag}" ${at}`)
  const url = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(attributes)
  return { tag, offset, ...(tag === 'a' && { url: url?.[1] ?? url?.[2] ?? '' }) }
}

function entityOf({ tag, offset, url }: { tag: string; offset: number; url?: string }, end: number): Entity[] {
  const type = typeOfTag[tag]
  if (type === undefined || end === offset || url === '') return []
  return [{ type, offset, length: end - offset, ...(url !== undefined && { url }) }]
}

/** A reference that is none stays as it is. */
function decode(whole: string, decimal?: string, hexadecimal?: string, reference?: string): string {
  if (reference !== undefined) return named[reference.toLowerCase()] ?? whole
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal)
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
}

/** Space around a message is not sent; what marked it shrinks with it. */
function trimmed(text: string, entities: readonly Entity[]): FormattedText {
  const start = text.length - text.trimStart().length
  const cut = text.trim()
  const moved = entities.flatMap((entity) => {
    const from = Math.max(0, entity.offset - start)
    const to = Math.min(cut.length, entity.offset + entity.length - start)
    return to > from ? [{ ...entity, offset: from, length: to - from }] : []
  })
  return { text: cut, entities: inOrder([...moved, ...foundIn(cut)]) }
}

/** Commands and addresses are marked without being asked for. */
export function foundIn(text: string): Entity[] {
  const marks = { bot_command: /(?<=^|\s)\/[a-zA-Z0-9_]{1,32}(?:@\w+)?/g, url: /https?:\/\/[^\s<>"]+/g }
  return Object.entries(marks).flatMap(([type, pattern]) =>
    [...text.matchAll(pattern)].map((match) => ({ type, offset: match.index, length: match[0].length })),
  )
}

function inOrder(entities: Entity[]): Entity[] {
  return entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length)
}

const unparsable = (what: string) => badRequest(`can't parse entities: ${what}`)
