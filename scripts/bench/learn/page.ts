import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Figures } from './figures.ts'
import { markdownTable } from './markdown-table.ts'
import { plotsOf } from './plots/plots.ts'
import type { ScalingLine } from './scaling.ts'

export interface Report {
  machine: string
  load: string
  figures: readonly Figures[]
  scaling: readonly ScalingLine[]
}

const docs = join(import.meta.dirname, '../../../docs')
const start = '<!-- figures: written by npm run bench:learn -- --docs -->'
const end = '<!-- end of figures -->'

/** Writes the figures into the page, the plots beside it, and what both are made from as JSON. */
export function writePage(report: Report) {
  const page = join(docs, 'learners.md')
  const folder = join(docs, 'plots')
  mkdirSync(folder, { recursive: true })
  writeFileSync(page, replaceFigures(readFileSync(page, 'utf8'), report))
  writeFileSync(join(folder, 'learners.json'), `${JSON.stringify(report, null, 2)}\n`)
  for (const [name, drawing] of Object.entries(plotsOf(report.figures, report.scaling)))
    writeFileSync(join(folder, name), drawing)
}

/** The page with what is between its two marks made anew. */
export function replaceFigures(page: string, { machine, load, figures }: Report): string {
  const from = page.indexOf(start)
  const to = page.indexOf(end)
  if (from < 0 || to < from) throw new Error(`the page has no place for the figures between ${start} and ${end}`)
  const text = `Measured on ${machine}. ${load}\n\n${markdownTable(figures)}`
  return `${page.slice(0, from + start.length)}\n\n${text}\n\n${page.slice(to)}`
}
