import type { Run } from './measurement.ts'
import type { RowSpec, ScalingSpec } from './rows.ts'

/**
 * What has to be measured for the rows, in blocks: what stands beside each other is measured in turns, because the speed of a
 * machine drifts. Nothing is measured twice.
 */
export function blocksOf(rows: readonly RowSpec[], scaling: readonly ScalingSpec[]): string[][] {
  const blocks = new Map<string, string[]>()
  const placed = new Set<string>()
  const place = (block: string, key: string) => {
    if (placed.has(key)) return
    placed.add(key)
    blocks.set(block, [...(blocks.get(block) ?? []), key])
  }
  for (const { ours, theirs } of rows) {
    place(ours, ours)
    if (typeof theirs === 'string') place(ours, theirs)
  }
  for (const { points } of scaling) for (const { rows: size, key } of points) place(`scaling ${size}`, key)
  return [...blocks.values()]
}

/** In turns: every key once, then every key again. */
export function turns(block: readonly string[], repeats: number): string[] {
  return Array.from({ length: repeats }, () => block).flat()
}

/** What has taken so long already is not run again. */
const ENOUGH_SECONDS = 30

/** Has a key fewer runs than it should have, and is one more not too long to wait for? */
export function needsRun(runs: readonly Pick<Run, 'seconds'>[] = [], repeats: number): boolean {
  return runs.length < repeats && runs.reduce((sum, { seconds }) => sum + seconds, 0) <= ENOUGH_SECONDS
}
