const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

const WHOLE = /^(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|[smhd]))+$/
const PART = /(\d+(?:\.\d+)?)(ns|us|µs|ms|[smhd])/g

/** Reads `1d10h30m`, `50s` or `6m5s`. @returns undefined when it is not a duration */
export function parseDurationMs(text: string): number | undefined {
  const compact = text.trim()
  if (!WHOLE.test(compact)) return undefined
  let totalMs = 0
  for (const [, amount, unit] of compact.matchAll(PART)) totalMs += Number(amount) * (UNIT_MS[unit ?? ''] ?? 0)
  return totalMs
}
