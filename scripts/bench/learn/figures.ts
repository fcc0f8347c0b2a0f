import { bestOf, type Measurements, type Run } from './measurement.ts'
import type { Limit, RowSpec } from './rows.ts'

/** One line of the table, as `--json` prints it. What could not be measured is null. */
export interface Figures {
  work: string
  peer: string
  part: 'fit' | 'predict'
  seconds: number | null
  peerSeconds: number | null
  /** Our seconds over the peer's: below 1 is faster. */
  ratio: number | null
  /** The most that the ratio may be. */
  aim: number | null
  metric: string
  quality: number | null
  peerQuality: number | null
  qualityAim: number | null
  peakMb: number | null
  peerPeakMb: number | null
  /** Our peak over the peer's. */
  peakRatio: number | null
  peakAim: number | null
  rowsPerSecond: number | null
  peerRowsPerSecond: number | null
  /** Of how many runs the fastest is shown. */
  runs: number
  peerRuns: number
  /** Is every aim of the line met? Null where there is none, or where something was not measured. */
  met: boolean | null
}

export function figuresOf(spec: RowSpec, measurements: Measurements): Figures {
  const ours = sideOf(spec, bestOf(measurements[spec.ours]))
  const theirs =
    typeof spec.theirs === 'string' ? sideOf(spec, bestOf(measurements[spec.theirs])) : { ...absent, ...spec.theirs }
  const ratio = over(ours.seconds, theirs.seconds)
  const peakRatio = over(ours.peakMb, theirs.peakMb)
  return {
    work: spec.work,
    peer: spec.peer,
    part: spec.part,
    seconds: ours.seconds,
    peerSeconds: theirs.seconds,
    ratio,
    aim: spec.aim,
    metric: spec.metric,
    quality: ours.quality,
    peerQuality: theirs.quality,
    qualityAim: spec.qualityAim ?? null,
    peakMb: ours.peakMb,
    peerPeakMb: theirs.peakMb,
    peakRatio,
    peakAim: spec.peakAim ?? null,
    rowsPerSecond: ours.rowsPerSecond,
    peerRowsPerSecond: theirs.rowsPerSecond,
    runs: measurements[spec.ours]?.length ?? 0,
    peerRuns: typeof spec.theirs === 'string' ? (measurements[spec.theirs]?.length ?? 0) : 0,
    met: met([
      [ratio, spec.aim],
      [peakRatio, spec.peakAim],
      [negative(ours.quality), negative(spec.qualityAim)],
    ]),
  }
}

type Side = { [Figure in 'quality' | 'rowsPerSecond' | keyof Limit]: number | null }

const absent: Side = { seconds: null, peakMb: null, quality: null, rowsPerSecond: null }

function sideOf({ part, metric }: RowSpec, run: Run | undefined): Side {
  if (run === undefined) return absent
  const quality = run.quality[metric] ?? null
  if (part === 'fit') return { ...absent, seconds: run.seconds, peakMb: run.peakMb, quality }
  const { predictSeconds: seconds = null, predictRows = null } = run
  return { ...absent, seconds, quality, rowsPerSecond: over(predictRows, seconds) }
}

function over(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a / b
}

function negative(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : -value
}

/** Is each figure at most its aim? */
function met(pairs: readonly (readonly [figure: number | null, aim: number | null | undefined])[]): boolean | null {
  const aims = pairs.filter(([, aim]) => aim !== null && aim !== undefined)
  if (aims.length === 0) return null
  if (aims.some(([figure, aim]) => figure !== null && figure > (aim ?? Infinity))) return false
  return aims.some(([figure]) => figure === null) ? null : true
}
