import type { Bytes } from './reply.ts'

/**
 * Redis glob: `*`, `?`, `[a-z]`, `[^a]`, `\x`. Hand-written because a regular expression made from a stranger's pattern
 * may backtrack for ever; this one is quadratic at worst.
 */
export function matchesGlob(pattern: Bytes, text: Bytes): boolean {
  let at = 0
  let position = 0
  let starAt = -1
  let starPosition = 0
  while (position < text.length) {
    if (pattern[at] === '*') {
      starAt = at
      starPosition = position
      at += 1
      continue
    }
    const next = at < pattern.length ? matchOne(pattern, at, text[position] ?? '') : -1
    if (next >= 0) {
      at = next
      position += 1
    } else if (starAt >= 0) {
      // The last star takes one more character; earlier stars never need to move again.
      starPosition += 1
      position = starPosition
      at = starAt + 1
    } else {
      return false
    }
  }
  while (pattern[at] === '*') at += 1
  return at === pattern.length
}

/** @returns where the pattern goes on after it matched one character, or -1 */
function matchOne(pattern: Bytes, at: number, character: string): number {
  if (pattern[at] === '?') return at + 1
  if (pattern[at] === '[') return matchClass(pattern, at + 1, character)
  const literal = pattern[at] === '\\' && at + 1 < pattern.length ? at + 1 : at
  return pattern[literal] === character ? literal + 1 : -1
}

function matchClass(pattern: Bytes, start: number, character: string): number {
  let at = start
  const negated = pattern[at] === '^'
  if (negated) at += 1
  let found = false
  while (at < pattern.length && pattern[at] !== ']') {
    if (pattern[at] === '\\' && at + 1 < pattern.length) at += 1
    const low = pattern[at] ?? ''
    const isRange = pattern[at + 1] === '-' && at + 2 < pattern.length && pattern[at + 2] !== ']'
    const high = isRange ? (pattern[at + 2] ?? '') : low
    if (low <= high ? character >= low && character <= high : character >= high && character <= low) found = true
    at += isRange ? 3 : 1
  }
  if (found === negated) return -1
  return Math.min(at + 1, pattern.length)
}
