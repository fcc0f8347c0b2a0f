import { Button, Flex, Typography } from 'antd'
import { type CSSProperties, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Panel } from '../../../shell/panel.tsx'
import { useFilmTexts, useGenreText } from '../film-texts.ts'
import type { Film, RankedFilm } from '../movies-api.ts'
import { Poster } from '../poster/poster.tsx'
import { ScoreBar } from './score-bar.tsx'
import { VerdictButtons } from './verdict-buttons.tsx'
import { WhyTag } from './why-tag.tsx'

/** About three lines of a card. */
const LONG = 150

export const filmPath = (id: string) => `/console/movies/${encodeURIComponent(id)}`

/** A film among others, with what it is about; of a recommendation also how well it fits, and why. */
export function FilmCard({ film }: { film: Film | RankedFilm }) {
  const textOf = useGenreText()
  const { title, otherTitle, description } = useFilmTexts(film)
  return (
    <Panel style={{ height: '100%', boxSizing: 'border-box' }}>
      <Flex gap={14} align="start">
        <Link to={filmPath(film.id)} tabIndex={-1} aria-hidden="true" style={{ width: 104, flexShrink: 0 }}>
          <Poster film={film} title={title} width="100%" />
        </Link>
        <div style={{ flex: 1, minWidth: 0 }}>
          <Typography.Title level={3} style={{ fontSize: 16, margin: 0, overflowWrap: 'anywhere' }}>
            <Link to={filmPath(film.id)}>{title}</Link>
          </Typography.Title>
          {otherTitle && <Typography.Text type="secondary">{otherTitle}</Typography.Text>}
          <div style={{ margin: '2px 0 6px' }}>
            <Typography.Text type="secondary">
              {film.year} · {film.genres.map(textOf).join(', ')}
            </Typography.Text>
          </div>
          <Description text={description} />
          <Flex align="center" gap="4px 10px" wrap style={{ marginTop: 8 }}>
            {'why' in film && <ScoreBar score={film.score} />}
            {'why' in film && <WhyTag why={film.why} />}
            <span style={{ marginInlineStart: 'auto' }}>
              <VerdictButtons film={film} />
            </span>
          </Flex>
        </div>
      </Flex>
    </Panel>
  )
}

const clamped: CSSProperties = {
  display: '-webkit-box',
  WebkitBoxOrient: 'vertical',
  WebkitLineClamp: 3,
  overflow: 'hidden',
}

function Description({ text }: { text: string }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <p style={{ margin: 0, ...(!isOpen && clamped) }}>{text}</p>
      {text.length > LONG && (
        <Button type="link" size="small" aria-expanded={isOpen} style={{ padding: 0 }} onClick={() => setOpen(!isOpen)}>
          {t(isOpen ? 'movies.less' : 'movies.more')}
        </Button>
      )}
    </>
  )
}
