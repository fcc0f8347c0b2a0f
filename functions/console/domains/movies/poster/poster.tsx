import { memo, useId, useMemo } from 'react'
import { type PosterArt, posterArt, type Subject } from './poster-art.ts'
import { HEIGHT, WIDTH } from './shapes.ts'
import { titleLines } from './title-lines.ts'

const lettering: Record<PosterArt['lettering'], { fontFamily: string; fontWeight: number; letterSpacing?: number }> = {
  plain: { fontFamily: 'system-ui, sans-serif', fontWeight: 800 },
  serif: { fontFamily: 'Georgia, "Times New Roman", serif', fontWeight: 700 },
  wide: { fontFamily: 'system-ui, sans-serif', fontWeight: 500, letterSpacing: 0.8 },
}

interface PosterProps {
  film: Subject
  /** In the reader's language. */
  title: string
  /** CSS width; the height follows. */
  width: number | string
}

/** A film's poster, drawn from its data. It says nothing that is not written beside it. */
export const Poster = memo(function Poster({ film, title, width }: PosterProps) {
  const id = useId()
  const { title: name, year, genres } = film
  const genreList = genres.join()
  const art = useMemo(() => posterArt({ title: name, year, genres: genreList.split(',') }), [name, year, genreList])
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden="true"
      style={{ width, height: 'auto', display: 'block', borderRadius: 6, flexShrink: 0, aspectRatio: '2 / 3' }}
    >
      <defs>
        <linearGradient id={`${id}sky`} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor={art.palette.top} />
          <stop offset="1" stopColor={art.palette.bottom} />
        </linearGradient>
        <linearGradient id={`${id}dusk`} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0.45" stopColor="#000" stopOpacity="0" />
          <stop offset="0.75" stopColor="#000" stopOpacity="0.62" />
          <stop offset="1" stopColor="#000" stopOpacity="0.88" />
        </linearGradient>
      </defs>
      <rect width={WIDTH} height={HEIGHT} fill={`url(#${id}sky)`} />
      {art.shapes.map((shape, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a drawing never changes
        <path key={at} fill="none" {...shape} />
      ))}
      <rect width={WIDTH} height={HEIGHT} fill={`url(#${id}dusk)`} />
      <Lettering art={art} title={title} year={film.year} />
    </svg>
  )
})

function Lettering({ art, title, year }: { art: PosterArt; title: string; year: number }) {
  const { lines, fontSize } = titleLines(title)
  const lineHeight = fontSize * 1.12
  const foot = 266
  return (
    <g fill="#fff" textAnchor="middle">
      <g style={lettering[art.lettering]} fontSize={fontSize}>
        {lines.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a word may begin two lines, and lines never change
          <text key={at} x={WIDTH / 2} y={foot - (lines.length - 1 - at) * lineHeight}>
            {line}
          </text>
        ))}
      </g>
      <text x={WIDTH / 2} y={286} fontSize={11} fontFamily="system-ui, sans-serif" letterSpacing={4} opacity={0.9}>
        {year}
      </text>
    </g>
  )
}
