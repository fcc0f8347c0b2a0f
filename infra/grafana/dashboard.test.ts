import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { measures } from '#functions/metrics/measures.ts'
import { gaugeNames } from '#functions/metrics/read-gauges.ts'

const Dashboard = z.object({
  panels: z.array(
    z.object({
      id: z.number(),
      title: z.string(),
      gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
      targets: z.array(z.object({ expr: z.string(), refId: z.string().min(1) })).default([]),
    }),
  ),
})
const read = (file: string) => readFileSync(join(import.meta.dirname, file), 'utf8')
const { panels } = Dashboard.parse(JSON.parse(read('auspex.json')))

const suffixes = { counter: [''], histogram: ['_bucket', '_sum', '_count'] }
const told = new Set([
  'auspex_source_up',
  ...gaugeNames,
  ...measures.flatMap(({ name, kind }) => suffixes[kind].map((suffix) => name + suffix)),
])
const named = (text: string) => text.match(/\bauspex_\w+/g) ?? []

test('every panel asks for metrics that are told', () => {
  const asked = panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => named(expr)))
  expect(asked.filter((name) => !told.has(name))).toEqual([])
})

test('every measure has its panel', () => {
  const asked = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)).join('\n')
  const unseen = measures.filter(({ name }) => !asked.includes(name) && !name.startsWith('auspex_cron_duration'))
  expect(unseen.map(({ name }) => name)).toEqual([])
})

test('panels have ids of their own, and do not overlap', () => {
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, i) => `${x + (i % w)} ${y + Math.floor(i / w)}`),
  )
  expect(new Set(cells).size).toBe(cells.length)
})

test('alerts speak of metrics that are told', () => {
  expect(named(read('../prometheus/alerts.yml')).filter((name) => !told.has(name))).toEqual([])
})

test('every metric is explained in the docs', () => {
  const docs = read('../../docs/operations.md')
  const names = [...gaugeNames, ...measures.map(({ name }) => name)]
  expect(names.filter((name) => !docs.includes(`\`${name}\``))).toEqual([])
})
