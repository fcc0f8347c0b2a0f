import type { Context as HonoContext } from 'hono'
import { createMiddleware } from 'hono/factory'
import { Problem } from './problem.ts'

const maximumDepth = 32
const jsonType = /^application\/(?:[\w.-]+\+)?json$/i
/** NUL and half surrogate pairs, which PostgreSQL refuses in text, and `__proto__`; or what may spell them. */
const suspicious = /\0|__proto__|\\u(?:0000|005f|d[89a-f])/i

/**
 * Bounds the body of every request without reading it: that happens when somebody asks for its text, once. Who may not
 * call at all is refused before a byte of it arrives.
 */
export function boundedBody({ maximumBytes }: { maximumBytes: number }) {
  return createMiddleware(async function boundedBody(c, next) {
    let text: Promise<string> | undefined
    // Hono derives json() from the text in this cache.
    Object.defineProperty(c.req.bodyCache, 'text', {
      enumerable: true,
      // A route that takes more puts its own bound in place of its function's.
      configurable: true,
      get() {
        text ??= readBounded(c, maximumBytes)
        return text
      },
    })
    await next()
  })
}

/**
 * Route middleware, after those that say who may call: refuses a body that no handler could use: wrong type, too large,
 * not JSON, nested too deeply, text that is not Unicode or contains NUL. Handlers get what is left, parsed.
 */
export const jsonBody = createMiddleware(async function jsonBody(c, next) {
  const text = await c.req.text()
  if (text.length > 0) {
    const [type = ''] = (c.req.header('content-type') ?? '').split(';')
    if (!jsonType.test(type.trim())) throw new Problem('unsupported_media_type')
    assertUsable(text)
  }
  await next()
})

async function readBounded(c: HonoContext, maximumBytes: number): Promise<string> {
  const tooLarge = () => new Problem('too_large', { detail: `The body may have ${maximumBytes} bytes` })
  if (Number(c.req.header('content-length') ?? 0) > maximumBytes) throw tooLarge()
  const encoding = c.req.header('content-encoding') ?? 'identity'
  if (encoding !== 'identity')
    throw new Problem('unsupported_media_type', { detail: 'The body must come without Content-Encoding' })
  const body = c.req.raw.body
  if (!body) return ''
  // A byte order mark is kept, and refused as JSON: what was signed is every byte.
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const reader = body.getReader()
  let text = ''
  let bytes = 0
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      bytes += chunk.value.byteLength
      if (bytes > maximumBytes) throw tooLarge()
      text += decoder.decode(chunk.value, { stream: true })
    }
    return text + decoder.decode()
  } catch (error) {
    await reader.cancel().catch(() => {})
    if (error instanceof Problem) throw error
    throw new Problem('malformed_request', { detail: 'The body is not UTF-8', cause: error })
  }
}

function assertUsable(text: string) {
  if (depth(text) > maximumDepth)
    throw new Problem('malformed_request', { detail: `JSON may be nested ${maximumDepth} deep` })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new Problem('malformed_request', { detail: 'The body is not JSON', cause })
  }
  if (suspicious.test(text) && hasUnusableText(value)) {
    throw new Problem('malformed_request', { detail: 'Text must be Unicode without NUL; no member may be __proto__' })
  }
}

/** How deeply brackets nest, not minding those in strings: a cheap bound before anything recurses. */
function depth(text: string): number {
  let open = 0
  let deepest = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i)
    if (char === 0x22) inString = !inString
    else if (inString && char === 0x5c) i++
    else if (!inString && (char === 0x5b || char === 0x7b)) deepest = Math.max(deepest, ++open)
    else if (!inString && (char === 0x5d || char === 0x7d)) open--
  }
  return deepest
}

function hasUnusableText(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed()
  if (value === null || typeof value !== 'object') return false
  return Object.entries(value).some(
    ([key, member]) => key === '__proto__' || hasUnusableText(key) || hasUnusableText(member),
  )
}
