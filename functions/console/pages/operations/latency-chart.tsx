import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Draw, PlotFigure, valueAxis } from '../../parts/charts/plot-figure.tsx'
import { useNumberTexts } from '../../parts/number-texts.ts'
import type { Operation } from './operations-api.ts'

const SHOWN = 12

interface Line {
  operation: string
  p50: number
  p95: number
}

/** The busiest operations: half of the requests were faster than the dot, 95 of 100 than the bar's end. */
export function LatencyChart({ operations }: { operations: readonly Operation[] }) {
  const { t } = useTranslation()
  const { duration } = useNumberTexts()
  const lines = useMemo(() => operations.flatMap(lineOf).slice(0, SHOWN), [operations])
  const axis = t('operations.latency.axis')
  const draw = useCallback<Draw>(
    (plot, look, width) => ({
      marginLeft: Math.min(190, Math.round(width * 0.42)),
      marginRight: 24,
      marginBottom: 44,
      x: valueAxis(axis, width, (tick) => look.texts.measure(tick)),
      y: { domain: lines.map(({ operation }) => operation), label: null, tickSize: 0 },
      marks: [
        plot.axisY({ label: null, tickSize: 0, textOverflow: 'ellipsis', lineWidth: Math.min(15, width * 0.03) }),
        plot.barX(lines, {
          x1: 'p50',
          x2: 'p95',
          y: 'operation',
          fill: look.first,
          fillOpacity: 0.4,
          insetTop: 7,
          insetBottom: 7,
        }),
        plot.dot(lines, { x: 'p50', y: 'operation', r: 5, fill: look.first, stroke: look.background, strokeWidth: 2 }),
        plot.tip(
          lines,
          plot.pointerY({
            x: 'p95',
            y: 'operation',
            title: ({ operation, p50, p95 }: Line) =>
              t('operations.latency.line', { operation, p50: look.texts.duration(p50), p95: look.texts.duration(p95) }),
          }),
        ),
      ],
    }),
    [lines, axis, t],
  )
  if (lines.length === 0) return null
  const told = lines.map(({ operation, p50, p95 }) =>
    t('operations.latency.line', { operation, p50: duration(p50), p95: duration(p95) }),
  )
  return (
    <PlotFigure
      title={t('operations.latency.busiest')}
      alternative={told.join('; ')}
      height={60 + 28 * lines.length}
      draw={draw}
    />
  )
}

/** In milliseconds. */
function lineOf({ operation, p50_seconds, p95_seconds }: Operation): Line[] {
  return p50_seconds === null || p95_seconds === null
    ? []
    : [{ operation, p50: 1_000 * p50_seconds, p95: 1_000 * p95_seconds }]
}
