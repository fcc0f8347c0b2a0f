import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { NumberTable } from '../../parts/charts/number-table.tsx'
import { type Draw, PlotFigure, ticksIn } from '../../parts/charts/plot-figure.tsx'
import { useFormats } from '../../parts/formats.ts'
import type { Usage } from './operations-api.ts'
import { countsByDay, type DayCount } from './usage-days.ts'

/** What was asked for, day by day. */
export function UsageChart({ days }: { days: Usage['days'] }) {
  const { t } = useTranslation()
  const { number, day: dayText } = useFormats()
  const counts = useMemo(() => countsByDay(days), [days])
  const total = counts.reduce((sum, { count }) => sum + count, 0)
  const most = Math.max(1, ...counts.map(({ count }) => count))
  const draw = useCallback<Draw>(
    (plot, look, width) => ({
      marginLeft: 44,
      marginRight: 44,
      marginBottom: 36,
      x: { label: null, interval: 'day', ticks: ticksIn(width), tickFormat: (at: Date) => dayText(at), type: 'utc' },
      y: {
        label: null,
        grid: true,
        ticks: Math.min(4, most),
        tickFormat: (tick: number) => (Number.isInteger(tick) ? number(tick) : ''),
      },
      marks: [
        plot.rectY(counts, {
          x: 'day',
          y: 'count',
          interval: 'day',
          fill: ({ kind }: DayCount) => (kind === 'searches' ? look.second : look.first),
          title: ({ day, kind, count }: DayCount) =>
            `${dayText(day)}\n${t(`operations.usage.${kind}`)}: ${number(count)}`,
          tip: true,
          insetLeft: 1,
        }),
        plot.ruleY([0], { stroke: look.faint }),
      ],
    }),
    [counts, most, dayText, number, t],
  )
  return (
    <PlotFigure
      title={t('operations.usage.per_day')}
      alternative={t('operations.usage.per_day_told', { count: total, total: number(total) })}
      legend={[
        { color: 'first', label: t('operations.usage.predictions') },
        { color: 'second', label: t('operations.usage.searches') },
      ]}
      height={220}
      draw={draw}
    >
      <NumberTable
        label={t('operations.usage.per_day')}
        columns={['day', 'active_users', 'predictions', 'searches', 'credits_spent'].map((name) =>
          t(`operations.usage.columns.${name}`),
        )}
        lines={days.toReversed().map((one) => ({
          key: one.day,
          cells: [
            dayText(one.day),
            number(one.active_users),
            number(Object.values(one.predictions).reduce((sum, count) => sum + count, 0)),
            number(one.searches),
            number(one.credits_spent),
          ],
        }))}
      />
    </PlotFigure>
  )
}
