import type { Film, RankedFilm } from '../movies-api.ts'
import { FilmCard } from './film-card.tsx'
import { FilmTile } from './film-tile.tsx'

const list = { listStyle: 'none', margin: 0, padding: 0 } as const

interface FilmsProps {
  /** What films they are, for those who do not see it. */
  label: string
  films: readonly (Film | RankedFilm)[]
}

/** Films by their posters, as many in a line as have room. */
export function FilmGrid({ label, films }: FilmsProps) {
  const columns = 'repeat(auto-fill, minmax(min(42%, 148px), 1fr))'
  return (
    <ul aria-label={label} style={{ ...list, display: 'grid', gap: '20px 16px', gridTemplateColumns: columns }}>
      {films.map((film) => (
        <li key={film.id} style={{ minWidth: 0 }}>
          <FilmTile film={film} />
        </li>
      ))}
    </ul>
  )
}

/** Films in one line, which scrolls by itself. */
export function FilmStrip({ label, films }: FilmsProps) {
  return (
    <ul
      aria-label={label}
      style={{ ...list, display: 'flex', gap: 14, overflowX: 'auto', padding: '4px 4px 10px', marginInline: -4 }}
    >
      {films.map((film) => (
        <li key={film.id} style={{ flex: '0 0 132px', minWidth: 0 }}>
          <FilmTile film={film} />
        </li>
      ))}
    </ul>
  )
}

/** Films with what they are about. */
export function FilmCards({ label, films }: FilmsProps) {
  const columns = 'repeat(auto-fill, minmax(min(100%, 400px), 1fr))'
  return (
    <ul aria-label={label} style={{ ...list, display: 'grid', gap: 12, gridTemplateColumns: columns }}>
      {films.map((film) => (
        <li key={film.id} style={{ minWidth: 0 }}>
          <FilmCard film={film} />
        </li>
      ))}
    </ul>
  )
}
