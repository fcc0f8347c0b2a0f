import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { NumberTable } from '../../parts/charts/number-table.tsx'
import { type Draw, PlotFigure, valueAxis } from '../../parts/charts/plot-figure.tsx'
import { useNumberTexts } from '../../parts/number-texts.ts'
import type { Told } from './told.ts'

interface Line {
  model: string
  value: number
  lower: number
  upper: number
}

/** The prices under each other, each in its interval. */
export function PricesChart({ told }: { told: readonly Told[] }) {
  const { t } = useTranslation()
  const { measure, share, axis: axisLabel } = useNumberTexts()
  const [first] = told
  const unit = first?.terms.output.unit ?? ''
  const axis = axisLabel(first?.terms.output.label ?? '', unit)
  const coverage = first?.job.results?.[0]?.interval?.coverage ?? 0
  const lines = told.flatMap(lineOf)
  const lineText = ({ model, value, lower, upper }: Line) =>
    t('cars.results.line', {
      model,
      value: measure(value, unit),
      lower: measure(lower, unit),
      upper: measure(upper, unit),
    })
  return (
    <section style={{ marginTop: 24 }}>
      <PlotFigure
        title={t('cars.results.chart')}
        alternative={lines.map(lineText).join('; ')}
        legend={[
          { color: 'second', label: t('cars.results.dot') },
          { color: 'first', label: t('cars.results.bar', { share: share(coverage) }) },
        ]}
        height={56 + 40 * lines.length}
        draw={useDraw(lines, lineText, axis)}
      >
        <NumberTable
          label={t('cars.results.chart')}
          columns={['model', 'price', 'lower', 'upper'].map((key) => t(`cars.results.${key}`))}
          lines={lines.map(({ model, value, lower, upper }) => ({
            key: model,
            cells: [model, measure(value, unit), measure(lower, unit), measure(upper, unit)],
          }))}
        />
      </PlotFigure>
    </section>
  )
}

function useDraw(lines: readonly Line[], lineText: (line: Line) => string, axis: string): Draw {
  const drawn = JSON.stringify([lines, lines.map(lineText)])
  return useCallback<Draw>(
    (plot, look, width) => {
      const [rows, texts] = JSON.parse(drawn) as [Line[], string[]]
      const textOf = (_: Line, at: number) => texts[at] ?? ''
      return {
        marginLeft: Math.min(180, Math.round(width * 0.42)),
        marginRight: 24,
        marginBottom: 40,
        x: valueAxis(axis, width, (tick) => look.texts.measure(tick)),
        y: { domain: rows.map(({ model }) => model), label: null, tickSize: 0 },
        marks: [
          plot.axisY({ label: null, tickSize: 0, textOverflow: 'ellipsis', lineWidth: Math.min(14, width * 0.03) }),
          plot.barX(rows, {
            x1: 'lower',
            x2: 'upper',
            y: 'model',
            fill: look.first,
            fillOpacity: 0.45,
            insetTop: 8,
            insetBottom: 8,
          }),
          plot.dot(rows, { x: 'value', y: 'model', r: 6, fill: look.second, stroke: look.background, strokeWidth: 2 }),
          plot.tip(rows, plot.pointerY({ x: 'value', y: 'model', title: textOf })),
        ],
      }
    },
    [drawn, axis],
  )
}

function lineOf({ job, title }: Told): Line[] {
  const result = job.results?.[0]
  if (result === undefined) return []
  const { value, interval } = result
  return [{ model: title, value, lower: interval?.lower ?? value, upper: interval?.upper ?? value }]
}
