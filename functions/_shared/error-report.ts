import { sha256Hex } from './hash.ts'
import { Problem } from './problem.ts'
import { framesOf, redact } from './redact.ts'

/** An error as it is kept: the same mistake has the same id, whomever and whatever it concerned. */
export interface ErrorReport {
  /** `error_...`, from function, event, names, the own call that threw, and the message without what differs. */
  id: string
  message: string
  stack: string | null
}

const maximumMessageLength = 1_000
const maximumCauses = 5

export function reportOf(functionName: string, event: string, error: unknown): ErrorReport {
  const chain = causesOf(error instanceof Problem && error.cause !== undefined ? error.cause : error)
  const message = redact(chain.map(textOf).join('\ncaused by ')).slice(0, maximumMessageLength)
  // Where it began tells more than where it was wrapped, if it tells anything.
  const frames = chain.map((it) => framesOf(it instanceof Error ? it.stack : undefined)).findLast((it) => it.length > 0)
  const names = chain.map((it) => (it instanceof Error ? it.name : typeof it))
  const parts = [functionName, event, ...names, ownCall(frames ?? []), normalised(message)]
  return {
    id: `error_${sha256Hex(parts.join('\n')).slice(0, 32)}`,
    message,
    stack: frames?.join('\n') ?? null,
  }
}

function causesOf(error: unknown): unknown[] {
  const chain = [error]
  for (let at = error; at instanceof Error && at.cause !== undefined && chain.length < maximumCauses; ) {
    at = at.cause
    chain.push(at)
  }
  return chain
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // Each is redacted alone: drizzle's values go up to the end of its own message.
  return redact(error.name === 'Error' ? error.message : `${error.name}: ${error.message}`)
}

/** The first call that is no library's: its name, or its file; lines move with every release. */
function ownCall(frames: readonly string[]): string {
  const own = frames.find((frame) => !/node_modules|\bnode:/.test(frame)) ?? ''
  const [, call, file] = /^at (?:async )?(?:(.+?) \()?(?:.*\/)?([^/]*?)(?::\d+)*\)?$/.exec(own) ?? []
  return call ?? file ?? ''
}

/** Without ids, numbers and quoted values, which differ from one occurrence to the next. */
export function normalised(message: string): string {
  return message
    .replaceAll(/"[^"\n]*"|'[^'\n]*'|`[^`\n]*`/g, '""')
    .replaceAll(/\b[\da-f]{8}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{12}\b/gi, '#')
    .replaceAll(/\b[a-z]+_[\da-f]{16,}\b/gi, '#')
    .replaceAll(/\b[\da-f]{16,}\b/gi, '#')
    .replaceAll(/\d+/g, '#')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
