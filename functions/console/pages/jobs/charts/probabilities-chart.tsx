import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { NumberTable } from '../../../parts/charts/number-table.tsx'
import { type Draw, PlotFigure } from '../../../parts/charts/plot-figure.tsx'
import { useNumberTexts } from '../../../parts/number-texts.ts'

const shownClasses = 15

/** How likely each class is, the likeliest first. */
export function ProbabilitiesChart({ probabilities }: { probabilities: Readonly<Record<string, number>> }) {
  const { t } = useTranslation()
  const { share } = useNumberTexts()
  const all = useMemo(() => Object.entries(probabilities).toSorted(([, a], [, b]) => b - a), [probabilities])
  const shown = useMemo(() => all.slice(0, shownClasses), [all])
  const axis = t('jobs.charts.probabilities.axis')
  const draw = useCallback<Draw>(
    (plot, look, width) => ({
      marginLeft: Math.min(180, Math.round(width * 0.35)),
      marginRight: 56,
      marginBottom: 40,
      x: { label: axis, domain: [0, 1], grid: true, ticks: 4, tickFormat: (tick: number) => look.texts.share(tick) },
      y: { domain: shown.map(([name]) => name), label: null, tickSize: 0 },
      marks: [
        plot.axisY({ label: null, tickSize: 0, textOverflow: 'ellipsis', lineWidth: Math.min(14, width * 0.026) }),
        plot.barX(shown, {
          x: ([, probability]: [string, number]) => probability,
          y: ([name]: [string, number]) => name,
          fill: look.first,
          fillOpacity: ([name]: [string, number]) => (name === shown[0]?.[0] ? 1 : 0.55),
          title: ([name, probability]: [string, number]) => `${name}\n${look.texts.share(probability)}`,
          tip: true,
          insetTop: 3,
          insetBottom: 3,
        }),
        plot.text(shown, {
          x: ([, probability]: [string, number]) => probability,
          y: ([name]: [string, number]) => name,
          text: ([, probability]: [string, number]) => look.texts.share(probability),
          textAnchor: 'start',
          dx: 6,
          fill: look.text,
        }),
      ],
    }),
    [shown, axis],
  )
  const [likeliest] = all
  return (
    <PlotFigure
      title={t('jobs.charts.probabilities.title')}
      alternative={t('jobs.charts.probabilities.alternative', {
        label: likeliest?.[0],
        share: share(likeliest?.[1] ?? 0),
      })}
      height={56 + 28 * shown.length}
      draw={draw}
    >
      <NumberTable
        label={t('jobs.charts.probabilities.title')}
        columns={[t('jobs.charts.probabilities.class'), axis]}
        lines={all.map(([name, probability]) => ({ key: name, cells: [name, share(probability)] }))}
      />
    </PlotFigure>
  )
}
