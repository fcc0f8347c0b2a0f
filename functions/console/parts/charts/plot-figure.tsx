import type * as Plot from '@observablehq/plot'
import { useQuery } from '@tanstack/react-query'
import { Flex, Skeleton, Typography, theme } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { styleNonce } from '../../shell/style-nonce.ts'
import { Failure } from '../failure.tsx'
import { type ChartLook, useChartLook } from './chart-look.ts'

export type PlotLibrary = typeof Plot
export type Draw = (plot: PlotLibrary, look: ChartLook, width: number) => Plot.PlotOptions

interface PlotFigureProps {
  title: string
  /** Says in words what the chart shows. */
  alternative: string
  legend?: readonly { color: keyof ChartLook & ('first' | 'second'); label: string }[]
  height: number
  /** Kept between renderings: a new one is drawn anew. */
  draw: Draw
  /** The same numbers as a table. */
  children?: ReactNode
}

/** How many ticks with numbers have room side by side. */
export const ticksIn = (width: number) => Math.max(3, Math.round(width / 150))

/** A horizontal axis of values, with a grid and round ends, whose ticks are written by `tickFormat`. */
export function valueAxis(label: string, width: number, tickFormat: (tick: number) => string) {
  return { label, nice: true, grid: true, ticks: ticksIn(width), tickFormat }
}

/** A chart with its title, legend, and numbers; the library that draws it comes when it is needed. */
export function PlotFigure({ title, alternative, legend = [], height, draw, children }: PlotFigureProps) {
  const { t } = useTranslation()
  const library = useQuery({ queryKey: ['plot'], queryFn: () => import('@observablehq/plot'), staleTime: Infinity })
  return (
    <figure style={{ margin: '0 0 16px' }}>
      <figcaption>
        <Typography.Title level={3} style={{ fontSize: 16, margin: '0 0 4px' }}>
          {title}
        </Typography.Title>
        <Legend entries={legend} />
      </figcaption>
      {library.isPending && <Skeleton.Node active style={{ width: '100%', height }} />}
      {library.isError && <Failure error={library.error} onRetry={() => library.refetch()} />}
      {library.data && <Drawing library={library.data} draw={draw} height={height} alternative={alternative} />}
      {children !== undefined && (
        <details>
          <summary style={{ cursor: 'pointer' }}>{t('jobs.charts.as_table')}</summary>
          <div style={{ overflowX: 'auto' }}>{children}</div>
        </details>
      )}
    </figure>
  )
}

function Legend({ entries }: { entries: NonNullable<PlotFigureProps['legend']> }) {
  const look = useChartLook()
  const { token } = theme.useToken()
  if (entries.length === 0) return null
  return (
    <Flex gap="middle" wrap style={{ color: token.colorText, marginBottom: 4 }}>
      {entries.map(({ color, label }) => (
        <span key={label}>
          <span
            aria-hidden="true"
            style={{ display: 'inline-block', width: 10, height: 10, marginInlineEnd: 6, background: look[color] }}
          />
          {label}
        </span>
      ))}
    </Flex>
  )
}

interface DrawingProps {
  library: PlotLibrary
  draw: Draw
  height: number
  alternative: string
}

function Drawing({ library, draw, height, alternative }: DrawingProps) {
  const place = useRef<HTMLDivElement>(null)
  const look = useChartLook()
  const width = useWidth(place)
  useEffect(() => {
    if (width === 0) return
    const drawing = library.plot({
      width,
      height,
      style: `--plot-background: ${look.background}; color: ${look.text}; background: transparent; font: 12px ${look.font}; overflow: visible;`,
      ...draw(library, look, width),
    })
    allowStyles(drawing)
    // Its place says what it shows.
    drawing.setAttribute('aria-hidden', 'true')
    place.current?.replaceChildren(drawing)
  }, [library, draw, look, width, height])
  // The name of an axis hangs below the drawing: it is not to be cut off with what is too wide.
  const room = { minHeight: height, paddingBottom: 5, overflow: 'hidden' }
  return <div ref={place} role="img" aria-label={alternative} style={room} />
}

/** The page's policy lets in style elements with its nonce alone; the drawing is not yet in the page. */
function allowStyles(drawing: Element) {
  for (const style of drawing.querySelectorAll<SVGStyleElement>('style')) style.nonce = styleNonce
}

function useWidth(place: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    if (place.current === null) return
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)))
    observer.observe(place.current)
    return () => observer.disconnect()
  }, [place])
  return width
}
