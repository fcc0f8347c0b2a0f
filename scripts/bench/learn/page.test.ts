import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { markdownTable, short } from './markdown-table.ts'
import { type Report, replaceFigures } from './page.ts'
import { plotsOf } from './plots/plots.ts'

const docs = join(import.meta.dirname, '../../../docs')
const report = JSON.parse(readFileSync(join(docs, 'plots/learners.json'), 'utf8')) as Report

test('the page and its plots are what the figures beside them give', () => {
  const page = readFileSync(join(docs, 'learners.md'), 'utf8')
  expect(replaceFigures(page, report)).toBe(page)
  for (const [name, drawing] of Object.entries(plotsOf(report.figures, report.scaling)))
    expect(readFileSync(join(docs, 'plots', name), 'utf8')).toBe(drawing)
})

test('figures have as many digits as count', () => {
  expect([0.0123, 0.644, 12.94, 114.2, 1_836_900, null].map(short)).toEqual([
    '0.012',
    '0.64',
    '12.9',
    '114',
    '1,840,000',
    '-',
  ])
})

test('a line of the table by hand', () => {
  const [, , line] = markdownTable([
    {
      work: 'boosting',
      peer: 'LightGBM',
      part: 'fit',
      seconds: 0.56,
      peerSeconds: 0.64,
      ratio: 0.875,
      aim: 1,
      metric: 'r2',
      quality: 0.954,
      peerQuality: 0.95401,
      qualityAim: 0.94,
      peakMb: 115.9,
      peerPeakMb: 181,
      peakRatio: 0.64,
      peakAim: 1.5,
      rowsPerSecond: null,
      peerRowsPerSecond: null,
      runs: 3,
      peerRuns: 1,
      met: true,
    },
  ]).split('\n')
  expect(line).toBe(
    '| boosting | LightGBM | 0.56 | 0.64 | 0.88 | <= 1 | r2 0.954 / 0.954, aim >= 0.94 | 116 / 181, aim <= 1.5 x | 3 / 1 | yes |',
  )
})

test('only what is between the marks is written anew', () => {
  const page =
    'before\n<!-- figures: written by npm run bench:learn -- --docs -->\nold\n<!-- end of figures -->\nafter\n'
  const written = replaceFigures(page, { machine: 'two cores', load: 'Idle.', figures: [], scaling: [] })
  expect(written).toMatch(
    /^before\n<!-- figures[^\n]*-->\n\nMeasured on two cores\.[\s\S]*<!-- end of figures -->\nafter\n$/,
  )
  expect(written).not.toContain('old')
  expect(() => replaceFigures('no marks', report)).toThrow('no place for the figures')
})
