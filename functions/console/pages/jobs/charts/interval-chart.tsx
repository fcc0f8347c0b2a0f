import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { type Draw, PlotFigure, valueAxis } from '../../../parts/charts/plot-figure.tsx'
import type { RowResult } from '../../../parts/job-facts.ts'
import type { JobTerms } from '../../../parts/job-terms.ts'
import { useNumberTexts } from '../../../parts/number-texts.ts'

interface IntervalChartProps {
  value: number
  interval: NonNullable<RowResult['interval']>
  output: JobTerms['output']
}

/** The result as a dot on the line of what it may well be. */
export function IntervalChart({ value, interval, output }: IntervalChartProps) {
  const { t } = useTranslation()
  const { measure, share, axis: axisLabel } = useNumberTexts()
  const { lower, upper, coverage } = interval
  const words = {
    result: measure(value, output.unit),
    lower: measure(lower),
    upper: measure(upper, output.unit),
    share: share(coverage),
  }
  const axis = axisLabel(output.label, output.unit)
  const draw = useCallback<Draw>(
    (plot, look, width) => ({
      marginLeft: 24,
      marginRight: 24,
      marginBottom: 40,
      x: valueAxis(axis, width, (tick) => look.texts.measure(tick)),
      y: { axis: null },
      marks: [
        plot.ruleY([0], { x1: lower, x2: upper, stroke: look.first, strokeOpacity: 0.35, strokeWidth: 12 }),
        plot.tickX([lower, upper], { y: () => 0, stroke: look.first, strokeWidth: 2, insetTop: 8, insetBottom: 8 }),
        plot.dot([value], {
          x: (d: number) => d,
          y: () => 0,
          r: 6,
          fill: look.first,
          stroke: look.background,
          strokeWidth: 2,
        }),
        plot.tip(
          [lower, value, upper],
          plot.pointerX({ x: (d: number) => d, y: () => 0, title: (d: number) => look.texts.measure(d, output.unit) }),
        ),
      ],
    }),
    [lower, upper, value, axis, output.unit],
  )
  return (
    <PlotFigure
      title={t('jobs.charts.interval.title')}
      alternative={t('jobs.charts.interval.alternative', words)}
      height={96}
      draw={draw}
    />
  )
}
