import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { NumberTable } from '../../../parts/charts/number-table.tsx'
import { type Draw, PlotFigure, ticksIn } from '../../../parts/charts/plot-figure.tsx'
import type { RowResult } from '../../../parts/job-facts.ts'
import type { JobTerms } from '../../../parts/job-terms.ts'
import { useNumberTexts } from '../../../parts/number-texts.ts'
import { binsOf, countLabels } from '../spread.ts'

interface HistogramProps {
  results: readonly RowResult[]
  output: JobTerms['output']
}

/** How the results of many rows are spread: numbers in bins, classes by name. */
export function HistogramChart({ results, output }: HistogramProps) {
  return results[0]?.label === undefined ? (
    <NumberHistogram results={results} output={output} />
  ) : (
    <LabelHistogram results={results} />
  )
}

function NumberHistogram({ results, output }: HistogramProps) {
  const { t } = useTranslation()
  const { measure, axis: axisLabel } = useNumberTexts()
  const bins = useMemo(() => binsOf(results.map(({ value }) => value)), [results])
  const axis = axisLabel(output.label, output.unit)
  const rows = t('jobs.charts.histogram.rows')
  const draw = useCallback<Draw>(
    (plot, look, width) => ({
      marginLeft: 44,
      marginBottom: 40,
      x: { label: axis, ticks: ticksIn(width), tickFormat: (tick: number) => look.texts.measure(tick) },
      y: {
        label: rows,
        grid: true,
        ticks: 4,
        tickFormat: (tick: number) => (Number.isInteger(tick) ? look.texts.measure(tick) : ''),
      },
      marks: [
        plot.rectY(bins, {
          x1: 'from',
          x2: 'to',
          y: 'count',
          fill: look.first,
          title: ({ from, to, count }: (typeof bins)[number]) =>
            t('jobs.charts.histogram.bin', { from: look.texts.measure(from), to: look.texts.measure(to), count }),
          tip: true,
          insetLeft: 1,
        }),
        plot.ruleY([0], { stroke: look.faint }),
      ],
    }),
    [bins, axis, rows, t],
  )
  return (
    <PlotFigure
      title={t('jobs.charts.histogram.title')}
      alternative={t('jobs.charts.histogram.alternative', {
        from: measure(bins[0]?.from ?? 0, output.unit),
        to: measure(bins.at(-1)?.to ?? 0, output.unit),
      })}
      height={200}
      draw={draw}
    >
      <NumberTable
        label={t('jobs.charts.histogram.title')}
        columns={[axis, rows]}
        lines={bins.map(({ from, to, count }) => ({
          key: String(from),
          cells: [t('jobs.charts.histogram.range', { from: measure(from), to: measure(to) }), measure(count)],
        }))}
      />
    </PlotFigure>
  )
}

function LabelHistogram({ results }: { results: readonly RowResult[] }) {
  const { t } = useTranslation()
  const { measure } = useNumberTexts()
  const counts = useMemo(() => countLabels(results), [results])
  const rows = t('jobs.charts.histogram.rows')
  const draw = useCallback<Draw>(
    (plot, look, width) => ({
      marginLeft: Math.min(180, Math.round(width * 0.35)),
      marginRight: 40,
      marginBottom: 40,
      x: { label: rows, grid: true, ticks: 4 },
      y: { domain: counts.map(({ label }) => label), label: null, tickSize: 0 },
      marks: [
        plot.barX(counts, {
          x: 'count',
          y: 'label',
          fill: look.first,
          title: ({ label, count }: (typeof counts)[number]) => `${label}\n${look.texts.measure(count)}`,
          tip: true,
          insetTop: 3,
          insetBottom: 3,
        }),
      ],
    }),
    [counts, rows],
  )
  return (
    <PlotFigure
      title={t('jobs.charts.histogram.title')}
      alternative={t('jobs.charts.histogram.alternative_labels', {
        label: counts[0]?.label,
        count: counts[0]?.count ?? 0,
      })}
      height={56 + 28 * counts.length}
      draw={draw}
    >
      <NumberTable
        label={t('jobs.charts.histogram.title')}
        columns={[t('jobs.charts.probabilities.class'), rows]}
        lines={counts.map(({ label, count }) => ({ key: label, cells: [label, measure(count)] }))}
      />
    </PlotFigure>
  )
}
