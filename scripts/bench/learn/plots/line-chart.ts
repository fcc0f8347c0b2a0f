import { logScale, type Scale, tickName } from './scale.ts'
import { drawing, element, legend, line, text } from './svg.ts'

export interface LineChart {
  title: string
  xAxis: string
  yAxis: string
  lines: readonly { name: string; points: readonly (readonly [x: number, y: number])[] }[]
}

const WIDTH = 720
const HEIGHT = 420
const [LEFT, RIGHT, TOP, BOTTOM] = [70, WIDTH - 30, 90, HEIGHT - 60]

/** Lines with both axes by powers of ten: what grows in proportion is straight and rises by one for one. */
export function lineChart({ title, xAxis, yAxis, lines }: LineChart): string {
  const points = lines.flatMap(({ points: own }) => own)
  if (points.length === 0) points.push([1, 1])
  const x = logScale(
    points.map(([value]) => value),
    [LEFT, RIGHT],
  )
  const y = logScale(
    points.map(([, value]) => value),
    [BOTTOM, TOP],
  )
  return drawing(WIDTH, HEIGHT, title, [
    ...legend(lines.map(({ name }) => name)),
    ...axes(x, y),
    text(xAxis, { x: (LEFT + RIGHT) / 2, y: HEIGHT - 18, class: 'middle' }),
    text(yAxis, { x: 16, y: TOP - 14 }),
    ...lines.flatMap(({ points: own }, i) => {
      const places = own.map(([a, b]) => [x.place(a), y.place(b)] as const)
      const path = places.map((place) => place.map((value) => value.toFixed(1)).join(',')).join(' ')
      return [
        element('polyline', { points: path, class: `line${i}` }),
        ...places.map(([cx, cy]) => element('circle', { cx, cy, r: 4, class: `fill${i} mark` })),
      ]
    }),
  ])
}

function axes(x: Scale, y: Scale): string[] {
  return [
    ...x.ticks.flatMap((tick) => [
      line(x.place(tick), TOP, x.place(tick), BOTTOM, 'grid'),
      text(tickName(tick), { x: x.place(tick), y: BOTTOM + 18, class: 'middle' }),
    ]),
    ...y.ticks.flatMap((tick) => [
      line(LEFT, y.place(tick), RIGHT, y.place(tick), 'grid'),
      text(tickName(tick), { x: LEFT - 8, y: y.place(tick) + 4, class: 'end' }),
    ]),
  ]
}
