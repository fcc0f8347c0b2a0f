export interface ParsedSample {
  name: string
  labels: Record<string, string>
  value: number
}

/** A family as a scraper reads it. */
export interface ParsedFamily {
  type: string
  help: string
  samples: ParsedSample[]
}

const metricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*/
const labelName = /^[a-zA-Z_][a-zA-Z0-9_]*/
const number = /^(?:[+-]?Inf|NaN|[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)$/
const suffixes: Readonly<Record<string, readonly string[]>> = {
  counter: [''],
  gauge: [''],
  histogram: ['_bucket', '_sum', '_count'],
}

/**
 * Reads Prometheus's text format 0.0.4 and takes nothing that the format does not allow: every family described once,
 * before its samples and in one group; no series twice; every histogram whole, with buckets that rise to its count.
 *
 * @throws Error that names the line
 */
export function parseExposition(text: string): Map<string, ParsedFamily> {
  if (text !== '' && !text.endsWith('\n')) throw new Error('the last line does not end')
  const families = new Map<string, ParsedFamily>()
  const series = new Set<string>()
  let current = ''
  for (const line of text.split('\n').filter((it) => it !== '')) {
    if (line.startsWith('#')) current = readComment(families, current, line)
    else readSample(families.get(current), current, series, line)
  }
  for (const [name, family] of families) if (family.type === 'histogram') assertWhole(name, family)
  return families
}

/** @returns the family that the next lines are about */
function readComment(families: Map<string, ParsedFamily>, current: string, line: string): string {
  const [, keyword, name = '', rest = ''] = /^# (HELP|TYPE) ([^ ]+) (.*)$/.exec(line) ?? []
  if (keyword === undefined) return current
  if (metricName.exec(name)?.[0] !== name) throw new Error(`no name: ${line}`)
  if (keyword === 'HELP') {
    if (families.has(name)) throw new Error(`described twice: ${line}`)
    families.set(name, { type: '', help: unescaped(rest, /\\([\\n])/g), samples: [] })
    return name
  }
  const family = families.get(name)
  if (name !== current || family?.type !== '') throw new Error(`type at the wrong place: ${line}`)
  if (!(rest in suffixes)) throw new Error(`no type: ${line}`)
  family.type = rest
  return name
}

function readSample(family: ParsedFamily | undefined, current: string, series: Set<string>, line: string) {
  const sample = parseSample(line)
  const suffix = sample.name.startsWith(current) ? sample.name.slice(current.length) : '?'
  if (!family || !suffixes[family.type]?.includes(suffix)) throw new Error(`sample of no family: ${line}`)
  const key = JSON.stringify([sample.name, ...Object.entries(sample.labels).sort()])
  if (series.has(key)) throw new Error(`series twice: ${line}`)
  series.add(key)
  family.samples.push(sample)
}

function parseSample(line: string): ParsedSample {
  const name = metricName.exec(line)?.[0]
  if (name === undefined) throw new Error(`no sample: ${line}`)
  const { labels, rest } = parseLabels(line.slice(name.length), line)
  const value = rest.slice(1)
  if (!rest.startsWith(' ') || !number.test(value)) throw new Error(`no value: ${line}`)
  return { name, labels, value: toNumber(value) }
}

function parseLabels(text: string, line: string): { labels: Record<string, string>; rest: string } {
  const labels: Record<string, string> = {}
  if (!text.startsWith('{')) return { labels, rest: text }
  let rest = text.slice(1)
  while (!rest.startsWith('}')) {
    const name = labelName.exec(rest)?.[0] ?? ''
    const quoted = /^="((?:[^"\\\n]|\\["\\n])*)"(?:,|(?=\}))/.exec(rest.slice(name.length))
    if (name === '' || !quoted || Object.hasOwn(labels, name)) throw new Error(`bad labels: ${line}`)
    labels[name] = unescaped(quoted[1] ?? '', /\\(["\\n])/g)
    rest = rest.slice(name.length + quoted[0].length)
  }
  return { labels, rest: rest.slice(1) }
}

const unescaped = (text: string, escapes: RegExp) =>
  text.replaceAll(escapes, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped))
const toNumber = (text: string) => Number(text.replace('Inf', 'Infinity'))

function assertWhole(name: string, { samples }: ParsedFamily) {
  const keyOf = ({ labels: { le: _, ...labels } }: ParsedSample) => JSON.stringify(Object.entries(labels).sort())
  for (const [labels, own] of Map.groupBy(samples, keyOf)) {
    const named = (suffix: string) => own.filter((it) => it.name === name + suffix)
    const bounds = named('_bucket').map(({ labels: { le = '' } }) => toNumber(le))
    const counts = named('_bucket').map(({ value }) => value)
    const [count] = named('_count')
    const isWhole =
      named('_sum').length === 1 &&
      named('_count').length === 1 &&
      bounds.at(-1) === Infinity &&
      bounds.every((bound, i) => i === 0 || bound > (bounds[i - 1] ?? Infinity)) &&
      counts.every((it, i) => i === 0 || it >= (counts[i - 1] ?? Infinity)) &&
      counts.at(-1) === count?.value
    if (!isWhole) throw new Error(`no whole histogram: ${name} ${labels}`)
  }
}
