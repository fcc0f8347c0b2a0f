import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { type Draw, PlotFigure, ticksIn } from '../../../parts/charts/plot-figure.tsx'
import type { TasteProfile } from './taste.tsx'

/** From when the films are: all of them on a line, with the year in the middle. */
export function YearsChart({ years: { from, to, median } }: { years: NonNullable<TasteProfile['years']> }) {
  const { t } = useTranslation()
  const axis = t('movies.taste.year')
  const draw = useCallback<Draw>(
    (plot, look, width) => ({
      marginLeft: 24,
      marginRight: 24,
      marginBottom: 44,
      x: { label: axis, nice: true, grid: true, ticks: ticksIn(width), tickFormat: (year: number) => String(year) },
      y: { axis: null },
      marks: [
        plot.ruleY([0], { x1: from, x2: to, stroke: look.first, strokeOpacity: 0.35, strokeWidth: 12 }),
        plot.dot([median], {
          x: (year: number) => year,
          y: () => 0,
          r: 6,
          fill: look.first,
          stroke: look.background,
          strokeWidth: 2,
        }),
        plot.tip(
          [from, median, to],
          plot.pointerX({ x: (year: number) => year, y: () => 0, title: (year: number) => String(year) }),
        ),
      ],
    }),
    [from, to, median, axis],
  )
  return (
    <PlotFigure
      title={t('movies.taste.years')}
      alternative={t('movies.taste.years_told', { from, to, median })}
      height={100}
      draw={draw}
    />
  )
}
