import { Fragment } from 'react'
import { Link } from 'react-router'
import { useGenreText } from '../film-texts.ts'

/** Genres that lead to their films. */
export function GenreLinks({ genres }: { genres: readonly string[] }) {
  const textOf = useGenreText()
  return (
    <span>
      {genres.map((genre, at) => (
        <Fragment key={genre}>
          {at > 0 && ' · '}
          <Link to={`/console/movies/catalogue?${new URLSearchParams({ genre })}`}>{textOf(genre)}</Link>
        </Fragment>
      ))}
    </span>
  )
}
