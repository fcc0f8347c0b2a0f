import 'uplot/dist/uPlot.min.css'
import { Typography, theme } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import UPlot from 'uplot'
import { type Formats, useFormats } from '../../parts/formats.ts'
import { BalanceTable } from './balance-table.tsx'
import type { Entry } from './entries.ts'
import { type BalancePoint, balanceOverTime } from './ledger.ts'

interface BalanceChartProps {
  newest: readonly Entry[]
  balance: number
}

/** The balance over time as steps, with the value under the pointer; a table tells the same. */
export default function BalanceChart({ newest, balance }: BalanceChartProps) {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const points = useMemo(() => balanceOverTime(newest, balance, new Date()), [newest, balance])
  const [pointed, setPointed] = useState<number>()
  const point = points[pointed ?? points.length - 1]
  return (
    <figure style={{ margin: 0 }}>
      <figcaption>
        <Typography.Text type="secondary">
          {point && t('wallet.chart.value', { at: moment(point.at), count: point.balance })}
        </Typography.Text>
      </figcaption>
      <Steps points={points} onPoint={setPointed} />
      <BalanceTable points={points} />
    </figure>
  )
}

interface StepsProps {
  points: readonly BalancePoint[]
  onPoint(index: number | undefined): void
}

const HEIGHT = 200

function Steps({ points, onPoint }: StepsProps) {
  const { t, i18n } = useTranslation()
  const { token } = theme.useToken()
  const formats = useFormats()
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = place.current
    if (element === null) return
    const look = {
      line: token.colorPrimary,
      text: token.colorTextSecondary,
      grid: token.colorSplit,
      font: token.fontFamily,
    }
    const options = optionsOf(look, formats, t('wallet.unit_axis'), onPoint)
    const times = points.map(({ at }) => at.getTime() / 1000)
    const data: UPlot.AlignedData = [times, points.map(({ balance }) => balance)]
    const plot = new UPlot({ ...options, width: element.clientWidth }, data, element)
    const watch = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }))
    watch.observe(element)
    return () => {
      watch.disconnect()
      plot.destroy()
    }
  }, [points, token, formats, t, onPoint])
  return <div ref={place} role="img" aria-label={t('wallet.chart.label')} lang={i18n.language} />
}

interface Look {
  line: string
  text: string
  grid: string
  font: string
}

function optionsOf(look: Look, formats: Formats, unit: string, onPoint: StepsProps['onPoint']): UPlot.Options {
  const axis = {
    stroke: look.text,
    grid: { stroke: look.grid },
    ticks: { stroke: look.grid },
    font: `12px ${look.font}`,
  }
  const steps = UPlot.paths.stepped?.({ align: 1 })
  return {
    width: 300,
    height: HEIGHT,
    legend: { show: false },
    cursor: { drag: { x: false, y: false } },
    scales: { y: { range: (_plot, _low, high) => [0, Math.max(1, high * 1.1)] } },
    axes: [
      {
        ...axis,
        space: 90,
        values: ({ scales: { x } }, times) => times.map((time) => tick(time, (x?.max ?? 0) - (x?.min ?? 0), formats)),
      },
      {
        ...axis,
        size: 64,
        label: unit,
        labelFont: axis.font,
        labelSize: 20,
        values: (_plot, values) => values.map((value) => formats.number(value)),
      },
    ],
    series: [{}, { stroke: look.line, width: 2, points: { show: false }, ...(steps && { paths: steps }) }],
    hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? undefined)] },
  }
}

const MINUTE_S = 60
const DAY_S = 86_400

/** Seconds within some minutes, times of day within a day or two, days beyond. */
function tick(time: number, spanS: number, formats: Formats): string {
  const at = new Date(time * 1000)
  if (spanS < 5 * MINUTE_S) return formats.time(at)
  return spanS < 2 * DAY_S ? formats.clock(at) : formats.day(at)
}
