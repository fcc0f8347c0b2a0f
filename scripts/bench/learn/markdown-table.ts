import type { Figures } from './figures.ts'

const heads = [
  'work',
  'beside',
  'ours, s',
  'theirs, s',
  'ratio',
  'aim',
  'quality, ours / theirs',
  'peak MB, ours / theirs',
  'runs, ours / theirs',
  'met',
]

/** The table of the page, from nothing but what `--json` prints. */
export function markdownTable(figures: readonly Figures[]): string {
  const rows = figures.map((row) => [
    row.work,
    row.peer,
    short(row.seconds),
    short(row.peerSeconds),
    short(row.ratio),
    row.aim === null ? '' : `<= ${row.aim}`,
    row.part === 'fit' ? qualityOf(row) : `${short(row.rowsPerSecond)} / ${short(row.peerRowsPerSecond)} rows/s`,
    row.part === 'fit' ? memoryOf(row) : '',
    `${row.runs} / ${row.peerRuns}`,
    row.met === null ? '' : row.met ? 'yes' : 'no',
  ])
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function qualityOf({ metric, quality, peerQuality, qualityAim }: Figures): string {
  const aim = qualityAim === null ? '' : `, aim >= ${qualityAim}`
  const theirs = peerQuality === null ? '' : ` / ${precise(peerQuality)}`
  return `${metric} ${precise(quality)}${theirs}${aim}`
}

function memoryOf({ peakMb, peerPeakMb, peakAim }: Figures): string {
  const aim = peakAim === null ? '' : `, aim <= ${peakAim} x`
  return `${whole(peakMb)} / ${whole(peerPeakMb)}${aim}`
}

const missing = '-'

/** Two or three digits that count: 0.64, 12.9, 114, 1,840,000. */
export function short(value: number | null): string {
  if (value === null) return missing
  if (value < 0.1) return value.toPrecision(2)
  if (value < 10) return value.toFixed(2)
  if (value < 100) return value.toFixed(1)
  return Number(value.toPrecision(3)).toLocaleString('en')
}

function precise(value: number | null): string {
  if (value === null) return missing
  return Math.abs(value) < 100 ? value.toFixed(3) : Number(value.toPrecision(5)).toLocaleString('en')
}

function whole(value: number | null): string {
  return value === null ? missing : Math.round(value).toLocaleString('en')
}
