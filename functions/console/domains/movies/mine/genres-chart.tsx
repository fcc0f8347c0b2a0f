import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { NumberTable } from '../../../parts/charts/number-table.tsx'
import { type Draw, PlotFigure } from '../../../parts/charts/plot-figure.tsx'
import { useNumberTexts } from '../../../parts/number-texts.ts'
import { useGenreText } from '../film-texts.ts'
import type { TasteProfile } from './taste.tsx'

interface Line {
  genre: string
  weight: number
}

/** How much each genre counts, the dearest first. */
export function GenresChart({ genres }: { genres: TasteProfile['genres'] }) {
  const { t } = useTranslation()
  const { share } = useNumberTexts()
  const textOf = useGenreText()
  const lines = genres
    .map(({ genre, weight }) => ({ genre: textOf(genre), weight }))
    .toSorted((a, b) => b.weight - a.weight)
  const axis = t('movies.taste.weight')
  return (
    <PlotFigure
      title={t('movies.taste.genres')}
      alternative={t('movies.taste.genres_told', {
        genres: lines
          .slice(0, 3)
          .map(({ genre, weight }) => `${genre} ${share(weight)}`)
          .join(', '),
      })}
      height={60 + 26 * lines.length}
      draw={useDraw(lines, axis)}
    >
      <NumberTable
        label={t('movies.taste.genres')}
        columns={[t('movies.filters.genre'), axis]}
        lines={lines.map(({ genre, weight }) => ({ key: genre, cells: [genre, share(weight)] }))}
      />
    </PlotFigure>
  )
}

function useDraw(lines: readonly Line[], axis: string): Draw {
  const drawn = JSON.stringify(lines)
  return useCallback<Draw>(
    (plot, look, width) => {
      const rows = JSON.parse(drawn) as Line[]
      return {
        marginLeft: Math.min(150, Math.round(width * 0.36)),
        marginRight: 52,
        marginBottom: 44,
        x: { label: axis, nice: true, grid: true, ticks: 4, tickFormat: (tick: number) => look.texts.share(tick) },
        y: { domain: rows.map(({ genre }) => genre), label: null, tickSize: 0 },
        marks: [
          plot.barX(rows, {
            x: 'weight',
            y: 'genre',
            fill: look.first,
            insetTop: 3,
            insetBottom: 3,
            title: ({ genre, weight }: Line) => `${genre}\n${look.texts.share(weight)}`,
            tip: true,
          }),
          plot.text(rows, {
            x: 'weight',
            y: 'genre',
            text: ({ weight }: Line) => look.texts.share(weight),
            textAnchor: 'start',
            dx: 6,
            fill: look.text,
          }),
          plot.ruleX([0], { stroke: look.faint }),
        ],
      }
    },
    [drawn, axis],
  )
}
