import { short } from '../markdown-table.ts'
import { linearScale, logScale, type Scale, tickName } from './scale.ts'
import { drawing, element, legend, line, text } from './svg.ts'

export interface BarChart {
  title: string
  /** What the axis counts, with its unit. */
  axis: string
  scale: 'linear' | 'log'
  series: readonly string[]
  bars: readonly { name: string; values: readonly (number | null)[]; aim?: number | null }[]
}

const WIDTH = 960
const LEFT = 400
const RIGHT = WIDTH - 70
const TOP = 72
const BAR = 13

/** Horizontal bars, a group a line; a thick stroke marks the aim of a line. */
export function barChart({ title, axis, scale: kind, series, bars }: BarChart): string {
  const values = bars.flatMap(({ values: own, aim }) => [...own, aim ?? null]).filter((value) => value !== null)
  if (values.length === 0) values.push(1)
  const scale = (kind === 'log' ? logScale : linearScale)(values, [LEFT, RIGHT])
  const group = BAR * series.length + 10
  const bottom = TOP + group * bars.length
  return drawing(WIDTH, bottom + 48, title, [
    ...legend(series, bars.some(({ aim }) => aim != null) ? 'aim' : undefined),
    ...verticalAxis(scale, bottom),
    text(axis, { x: (LEFT + RIGHT) / 2, y: bottom + 38, class: 'middle' }),
    ...bars.flatMap((bar, i) => barGroup(bar, TOP + i * group, scale)),
  ])
}

function barGroup({ name, values, aim }: BarChart['bars'][number], top: number, scale: Scale): string[] {
  const height = BAR * values.length
  const parts = [text(name, { x: LEFT - 8, y: top + 5 + height / 2 + 4, class: 'end' })]
  const labels: string[] = []
  values.forEach((value, i) => {
    if (value === null) return
    const y = top + 5 + i * BAR
    const end = scale.place(value)
    parts.push(element('rect', { x: LEFT, y, width: Math.max(1, end - LEFT), height: BAR - 2, class: `fill${i}` }))
    labels.push(text(short(value), { x: end + 5, y: y + BAR - 3 }))
  })
  if (aim != null) parts.push(line(scale.place(aim), top + 2, scale.place(aim), top + 8 + height, 'aim'))
  return [...parts, ...labels]
}

function verticalAxis({ place, ticks }: Scale, bottom: number): string[] {
  return ticks.flatMap((tick) => [
    line(place(tick), TOP, place(tick), bottom, 'grid'),
    text(tickName(tick), { x: place(tick), y: bottom + 18, class: 'middle' }),
  ])
}
