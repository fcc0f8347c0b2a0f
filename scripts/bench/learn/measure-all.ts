import { loadavg } from 'node:os'
import { readCache, writeCache } from './cache.ts'
import { makeTables } from './make-tables.ts'
import { measure, peersAreHere } from './measure.ts'
import { type Measurements, type Run, readKey } from './measurement.ts'
import { needsRun, turns } from './schedule.ts'

interface Options {
  /** At most so many runs of each. */
  repeats: number
  /** Keep what was measured before, and run only what lacks runs. */
  resume: boolean
}

/**
 * Measures what the blocks name, one training at a time, and writes each down at once. What fails is told and left out. All
 * progress goes to standard error.
 */
export async function measureAll(blocks: readonly string[][], { repeats, resume }: Options) {
  const before = readCache()
  const asked = new Set(blocks.flat())
  const measurements: Record<string, readonly Run[]> = Object.fromEntries(
    Object.entries(before).filter(([key]) => resume || !asked.has(key)),
  )
  const skipped = new Set<string>()
  const failures = new Map<string, string>()
  if (peersAreHere()) makeTables()
  else {
    console.error(
      'The peers are not here, so that only our own figures are measured: set AUSPEX_PEERS and AUSPEX_PEERS_VENV.',
    )
    for (const key of asked) if (readKey(key).side.endsWith('peers')) skipped.add(key)
  }
  for (const key of blocks.flatMap((block) => turns(block, repeats))) {
    if (skipped.has(key) || failures.has(key) || !needsRun(measurements[key], repeats)) continue
    try {
      const load = loadavg()[0] ?? 0
      const run = { ...(await measure(readKey(key))), load }
      measurements[key] = [...(measurements[key] ?? []), run]
      writeCache(measurements)
      console.error(describe(key, run))
    } catch (error) {
      failures.set(key, error instanceof Error ? error.message : String(error))
      console.error(`${key} FAILED: ${failures.get(key)}`)
    }
  }
  return { measurements: measurements satisfies Measurements, failures }
}

function describe(key: string, { seconds, peakMb, quality }: Run): string {
  const figures = Object.entries(quality).map(([name, value]) => `${name} ${value.toPrecision(4)}`)
  return `${key.padEnd(44)} ${seconds.toFixed(3)} s, ${peakMb.toFixed(0)} MB, ${figures.join(', ')}`
}
