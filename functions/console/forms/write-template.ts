import type { Manifest } from '#models/_runtime/manifest.ts'

/** A table to begin with: the names of the features, and a row of defaults. */
export function writeTemplate({ features }: Pick<Manifest, 'features'>): string {
  const lines = [features.map(({ name }) => name), features.map((feature) => String(feature.default))]
  return `${lines.map((cells) => cells.map(quote).join(',')).join('\r\n')}\r\n`
}

function quote(cell: string): string {
  return /[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
