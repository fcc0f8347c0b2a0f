import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Value } from '../job-facts.ts'
import type { JobTerms } from '../job-terms.ts'
import { useNumberTexts } from '../number-texts.ts'
import { NumberTable } from './number-table.tsx'
import { type Draw, PlotFigure, valueAxis } from './plot-figure.tsx'
import { type WaterfallStep, waterfallOf } from './waterfall.ts'

interface ContributionsChartProps {
  value: number
  contributions: Readonly<Record<string, number>>
  input: Readonly<Record<string, Value>>
  terms: JobTerms
}

const barHeight = 26

/** How the features took the result from the average to where it is, as a waterfall. */
export function ContributionsChart({ value, contributions, input, terms }: ContributionsChartProps) {
  const { t } = useTranslation()
  const { measure, effect, axis: axisLabel } = useNumberTexts()
  const { unit } = terms.output
  const { baseline, steps } = useMemo(() => waterfallOf(value, contributions), [value, contributions])
  const label = useStepLabel(input, terms)
  const axis = axisLabel(terms.output.label, unit)
  const average = t('jobs.charts.contributions.average', { value: measure(baseline, unit) })
  const result = t('jobs.charts.contributions.result', { value: measure(value, unit) })
  const draw = useCallback<Draw>(
    (plot, look, width) => ({
      marginLeft: Math.min(220, Math.round(width * 0.42)),
      marginRight: 24,
      marginTop: 24,
      marginBottom: 40,
      x: valueAxis(axis, width, (tick) => look.texts.measure(tick)),
      y: { domain: steps.map(label), label: null, tickSize: 0 },
      marks: [
        plot.axisY({ label: null, tickSize: 0, textOverflow: 'ellipsis', lineWidth: Math.min(15, width * 0.028) }),
        plot.ruleX([baseline], { stroke: look.faint, strokeDasharray: '3 3' }),
        plot.ruleX([value], { stroke: look.text }),
        plot.text([baseline, value], {
          x: (d: number) => d,
          frameAnchor: 'top',
          dy: -14,
          text: (d: number) => look.texts.measure(d),
          fill: look.faint,
        }),
        plot.barX(steps, {
          x1: 'from',
          x2: 'to',
          y: label,
          fill: (step: WaterfallStep) => (step.effect > 0 ? look.first : look.second),
          title: (step: WaterfallStep) => `${label(step)}\n${look.texts.effect(step.effect, unit)}`,
          tip: true,
          insetTop: 3,
          insetBottom: 3,
        }),
      ],
    }),
    [steps, label, baseline, value, axis, unit],
  )
  return (
    <PlotFigure
      title={t('jobs.charts.contributions.title')}
      alternative={t('jobs.charts.contributions.alternative', {
        average: measure(baseline, unit),
        result: measure(value, unit),
      })}
      legend={[
        { color: 'first', label: t('jobs.charts.contributions.more') },
        { color: 'second', label: t('jobs.charts.contributions.less') },
      ]}
      height={64 + barHeight * steps.length}
      draw={draw}
    >
      <NumberTable
        label={t('jobs.charts.contributions.title')}
        columns={[t('jobs.charts.feature'), t('jobs.charts.contributions.effect'), t('jobs.charts.contributions.sum')]}
        lines={[
          { key: 'average', cells: [average, '', measure(baseline, unit)] },
          ...steps.map((step) => ({
            key: label(step),
            cells: [label(step), effect(step.effect, unit), measure(step.to, unit)],
          })),
          { key: 'result', cells: [result, '', measure(value, unit)] },
        ]}
      />
    </PlotFigure>
  )
}

/** A feature with what was given for it. */
function useStepLabel(input: ContributionsChartProps['input'], terms: JobTerms) {
  const { t } = useTranslation()
  const { value } = useNumberTexts()
  return useCallback(
    ({ name, features }: WaterfallStep) =>
      name === undefined
        ? t('jobs.charts.contributions.others', { count: features })
        : t('jobs.feature_with_value', {
            feature: terms.labelOf(name),
            value: value(terms.wordOf(name, input[name]), terms.unitOf(name)),
          }),
    [t, value, input, terms],
  )
}
