import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { NumberTable } from '../../../parts/charts/number-table.tsx'
import { type Draw, PlotFigure, valueAxis } from '../../../parts/charts/plot-figure.tsx'
import type { JobTerms } from '../../../parts/job-terms.ts'
import { useNumberTexts } from '../../../parts/number-texts.ts'
import { type Compared, strongest } from '../compare.ts'

const shownFeatures = 8
const barHeight = 36

interface ComparedContributionsProps {
  lines: readonly Compared<number>[]
  terms: JobTerms
}

/** What drove the one result, and the other, feature by feature. */
export function ComparedContributions({ lines, terms }: ComparedContributionsProps) {
  const { t } = useTranslation()
  const { effect, axis: axisLabel } = useNumberTexts()
  const { unit } = terms.output
  const shown = useMemo(() => strongest(lines, shownFeatures), [lines])
  const bars = useMemo(
    () =>
      shown.flatMap(({ name, first = 0, second = 0 }) => [
        { feature: terms.labelOf(name), job: 'first' as const, effect: first },
        { feature: terms.labelOf(name), job: 'second' as const, effect: second },
      ]),
    [shown, terms],
  )
  const names = useMemo(() => ({ first: t('jobs.compare.first'), second: t('jobs.compare.second') }), [t])
  const axis = axisLabel(t('jobs.charts.contributions.effect'), unit)
  const draw = useCallback<Draw>(
    (plot, look, width) => ({
      marginLeft: Math.min(180, Math.round(width * 0.36)),
      marginRight: 24,
      marginBottom: 40,
      x: valueAxis(axis, width, (tick) => look.texts.effect(tick)),
      y: { axis: null, domain: ['first', 'second'] },
      fy: { label: null, domain: shown.map(({ name }) => terms.labelOf(name)), padding: 0.25 },
      marks: [
        plot.axisFy({
          anchor: 'left',
          label: null,
          tickSize: 0,
          textAnchor: 'end',
          dx: -4,
          textOverflow: 'ellipsis',
          lineWidth: Math.min(11, width * 0.022),
        }),
        plot.barX(bars, {
          x: 'effect',
          y: 'job',
          fy: 'feature',
          fill: ({ job }: (typeof bars)[number]) => look[job],
          title: ({ feature, job, effect: by }: (typeof bars)[number]) =>
            `${feature}\n${names[job]}: ${look.texts.effect(by, unit)}`,
          tip: true,
        }),
        plot.ruleX([0], { stroke: look.faint }),
      ],
    }),
    [bars, shown, terms, names, axis, unit],
  )
  return (
    <PlotFigure
      title={t('jobs.compare.contributions')}
      alternative={t('jobs.compare.contributions_alternative', { feature: bars[0]?.feature })}
      legend={[
        { color: 'first', label: names.first },
        { color: 'second', label: names.second },
      ]}
      height={48 + barHeight * shown.length}
      draw={draw}
    >
      <NumberTable
        label={t('jobs.compare.contributions')}
        columns={[t('jobs.charts.feature'), names.first, names.second]}
        lines={strongest(lines, lines.length).map(({ name, first = 0, second = 0 }) => ({
          key: name,
          cells: [terms.labelOf(name), effect(first, unit), effect(second, unit)],
        }))}
      />
    </PlotFigure>
  )
}
