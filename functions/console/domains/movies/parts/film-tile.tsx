import { theme } from 'antd'
import { Link } from 'react-router'
import { useFilmTexts } from '../film-texts.ts'
import type { Film, RankedFilm } from '../movies-api.ts'
import { Poster } from '../poster/poster.tsx'
import { filmPath } from './film-card.tsx'
import { VerdictButtons } from './verdict-buttons.tsx'
import { WhyTag } from './why-tag.tsx'

/** A film by its poster. */
export function FilmTile({ film }: { film: Film | RankedFilm }) {
  const { token } = theme.useToken()
  const { title } = useFilmTexts(film)
  return (
    <>
      <Link to={filmPath(film.id)} style={{ display: 'block', color: token.colorText }}>
        <Poster film={film} title={title} width="100%" />
        <span style={{ display: 'block', marginTop: 6, fontWeight: 500, lineHeight: 1.3 }}>{title}</span>{' '}
        <span style={{ color: token.colorTextSecondary, fontSize: 13 }}>{film.year}</span>
      </Link>
      {'why' in film && (
        <div style={{ marginTop: 2 }}>
          <WhyTag why={film.why} />
        </div>
      )}
      <div style={{ marginTop: 2, marginInlineStart: -7 }}>
        <VerdictButtons film={film} />
      </div>
    </>
  )
}
