import { expect, test } from 'vitest'
import { barChart } from './bar-chart.ts'
import { lineChart } from './line-chart.ts'
import { linearScale, logScale, tickName } from './scale.ts'

test('a linear scale starts at zero and ends at a round number that holds every value', () => {
  const scale = linearScale([0.3, 1.15], [100, 200])
  expect(scale.ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1, 1.2])
  expect(scale.place(0)).toBe(100)
  expect(scale.place(1.2)).toBeCloseTo(200)
  expect(scale.place(0.6)).toBeCloseTo(150)
})

test('a scale by powers of ten holds every value', () => {
  const scale = logScale([0.15, 114], [0, 400])
  expect(scale.ticks).toEqual([0.1, 1, 10, 100, 1000])
  expect(scale.place(1)).toBeCloseTo(100)
  expect(logScale([10], [0, 1]).ticks).toEqual([1, 10])
})

test('ticks have short names', () => {
  expect([0.1, 10, 8_000, 1_000_000].map(tickName)).toEqual(['0.1', '10', '8k', '1M'])
})

test('a bar is as long as its value, what was not measured has none, and names are escaped', () => {
  const drawing = barChart({
    title: 'a < b & "c"',
    axis: 'seconds',
    scale: 'linear',
    series: ['ours', 'theirs'],
    bars: [
      { name: 'both', values: [1, 2], aim: 2 },
      { name: 'one', values: [2, null] },
    ],
  })
  expect(drawing).toContain('a &lt; b &amp; ')
  const bars = [...drawing.matchAll(/<rect x="400" y="[\d.]+" width="([\d.]+)" height="11" class="fill(\d)"/g)]
  expect(bars.map(([, width, series]) => [width, series])).toEqual([
    ['245', '0'],
    ['490', '1'],
    ['490', '0'],
  ])
  expect(drawing.match(/class="aim"/g)).toHaveLength(2)
})

test('with nothing measured there is still a drawing', () => {
  const nothing = {
    title: '',
    axis: '',
    scale: 'log',
    series: ['ours'],
    bars: [{ name: 'a', values: [null] }],
  } as const
  expect(barChart(nothing)).not.toMatch(/NaN|Infinity/)
  expect(lineChart({ title: '', xAxis: '', yAxis: '', lines: [{ name: 'a', points: [] }] })).not.toMatch(/NaN|Infinity/)
})

test('what grows in proportion is a straight line', () => {
  const drawing = lineChart({
    title: '',
    xAxis: '',
    yAxis: '',
    lines: [
      {
        name: 'a',
        points: [
          [10, 1],
          [100, 10],
          [1000, 100],
        ],
      },
    ],
  })
  const [, path = ''] = /points="([^"]+)"/.exec(drawing) ?? []
  const [a, b, c] = path.split(' ').map((place) => place.split(',').map(Number))
  expect((a?.[0] ?? 0) + (c?.[0] ?? 0)).toBeCloseTo(2 * (b?.[0] ?? 0), 0)
  expect((a?.[1] ?? 0) + (c?.[1] ?? 0)).toBeCloseTo(2 * (b?.[1] ?? 0), 0)
})
