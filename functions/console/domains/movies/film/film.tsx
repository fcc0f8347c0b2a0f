import { Flex, Grid, Result, Skeleton, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { ApiError } from '../../../api/call.ts'
import { useLanguage } from '../../../locales/locale.ts'
import { Failure } from '../../../parts/failure.tsx'
import { useFilmTexts } from '../film-texts.ts'
import { type FilmPage as FilmAnswer, useFilm, useSimilar } from '../movies-api.ts'
import { MoviesPage } from '../movies-page.tsx'
import { FilmRow } from '../parts/film-row.tsx'
import { GenreLinks } from '../parts/genre-links.tsx'
import { VerdictButtons } from '../parts/verdict-buttons.tsx'
import { Poster } from '../poster/poster.tsx'
import { FilmStatus } from './film-status.tsx'

/** One film, in both languages, and those that are like it. */
export default function FilmPage() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const { data: film, error, refetch } = useFilm(id)
  if (film) return <Whole key={film.id} film={film} />
  const isUnknown = error instanceof ApiError && [404, 422].includes(error.status)
  return (
    <MoviesPage title="movies.film.one">
      {error === null && <Skeleton active avatar={{ shape: 'square', size: 200 }} paragraph={{ rows: 6 }} />}
      {error !== null && !isUnknown && <Failure error={error} onRetry={refetch} />}
      {isUnknown && (
        <Result
          status="404"
          title={t('movies.film.unknown')}
          extra={<Link to="/console/movies/catalogue">{t('movies.film.to_catalogue')}</Link>}
        />
      )}
    </MoviesPage>
  )
}

function Whole({ film }: { film: FilmAnswer }) {
  const { t } = useTranslation()
  const hasRoom = Grid.useBreakpoint().md ?? true
  const { title, otherTitle } = useFilmTexts(film)
  const similar = useSimilar(film.id)
  return (
    <MoviesPage title={title}>
      <Flex gap={hasRoom ? 32 : 16} vertical={!hasRoom} align="start">
        <Poster film={film} title={title} width={hasRoom ? 280 : 200} />
        <div style={{ flex: 1, minWidth: 0, maxWidth: 680 }}>
          {otherTitle && (
            <Typography.Paragraph type="secondary" style={{ fontSize: 18, margin: '0 0 4px' }}>
              {otherTitle}
            </Typography.Paragraph>
          )}
          <Typography.Paragraph>
            {film.year} · <GenreLinks genres={film.genres} />
          </Typography.Paragraph>
          <FilmStatus film={film} />
          <Descriptions film={film} />
          <VerdictButtons film={film} size="middle" isTold />
        </div>
      </Flex>
      <FilmRow
        title={t('movies.film.similar')}
        films={similar.data}
        error={similar.error}
        onRetry={similar.refetch}
        empty={t('movies.film.none_similar')}
      />
    </MoviesPage>
  )
}

/** The reader's language first, the other one below, where there is one. */
function Descriptions({ film: { description, description_ru } }: { film: FilmAnswer }) {
  const language = useLanguage()
  const both = [
    { lang: 'en', text: description },
    { lang: 'ru', text: description_ru },
  ]
  const shown = (language === 'ru' ? both.toReversed() : both).filter(({ text }) => text !== undefined)
  return shown.map(({ lang, text }, at) => (
    <Typography.Paragraph
      key={lang}
      lang={lang}
      type={at === 0 ? undefined : 'secondary'}
      style={{ fontSize: at === 0 ? 16 : 14 }}
    >
      {text}
    </Typography.Paragraph>
  ))
}
