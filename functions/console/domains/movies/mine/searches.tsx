import { Flex, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { usePages } from '../../../api/hooks.ts'
import { useFormats } from '../../../parts/formats.ts'
import { PagedRecords } from '../../../parts/paged-records.tsx'
import type { Column } from '../../../parts/records.tsx'
import { When } from '../../../parts/when.tsx'
import { useGenreText } from '../film-texts.ts'
import { type FilmSearch, writeSearch } from '../find/film-search.ts'
import { movieKeys } from '../movies-api.ts'
import { MoviesPage } from '../movies-page.tsx'
import { type PastRecommendation, searchOf } from './past-search.ts'

/** What the person has looked for, what it cost, and the way back to it. */
export default function Searches() {
  const { t } = useTranslation()
  const list = usePages<PastRecommendation>(movieKeys.searches, '/recommendations/history', {
    kind: 'query',
    limit: 30,
  })
  return (
    <MoviesPage title="movies.searches.title">
      <Typography.Paragraph>{t('movies.searches.text')}</Typography.Paragraph>
      <PagedRecords
        label={t('movies.searches.title')}
        list={list}
        rows={list.data?.pages.flatMap(({ items }) => items) ?? []}
        idOf={({ prediction_id }) => prediction_id}
        columns={useColumns()}
        empty={
          <>
            <p>{t('movies.searches.empty')}</p>
            <Link to="/console/movies">{t('movies.searches.begin')}</Link>
          </>
        }
      />
    </MoviesPage>
  )
}

function useColumns(): Column<PastRecommendation>[] {
  const { t } = useTranslation()
  const { number } = useFormats()
  return [
    { key: 'query', title: t('movies.searches.query'), render: (past) => <Asked past={past} /> },
    { key: 'found', title: t('movies.searches.found'), isNumber: true, render: (past) => number(past.result_count) },
    {
      key: 'cost',
      title: t('movies.searches.cost'),
      isNumber: true,
      render: ({ cost }) => (cost === 0 ? t('movies.searches.free') : number(cost)),
    },
    { key: 'at', title: t('movies.searches.at'), isShort: true, render: ({ created_at }) => <When at={created_at} /> },
    { key: 'actions', title: t('parts.actions'), render: (past) => <Actions past={past} /> },
  ]
}

function Asked({ past }: { past: PastRecommendation }) {
  const filters = useFilterText()(searchOf(past))
  return (
    <>
      <strong style={{ overflowWrap: 'anywhere' }}>{past.query}</strong>
      {filters !== '' && (
        <Typography.Text type="secondary" style={{ display: 'block' }}>
          {filters}
        </Typography.Text>
      )}
    </>
  )
}

function useFilterText() {
  const { t } = useTranslation()
  const genreText = useGenreText()
  return ({ genres, from, to }: FilmSearch) =>
    [
      genres.map(genreText).join(', '),
      from !== undefined && to !== undefined ? t('movies.searches.years', { from, to }) : '',
      from !== undefined && to === undefined ? t('movies.searches.from', { from }) : '',
      from === undefined && to !== undefined ? t('movies.searches.to', { to }) : '',
    ]
      .filter((text) => text !== '')
      .join(' · ')
}

function Actions({ past }: { past: PastRecommendation }) {
  const { t } = useTranslation()
  const search = searchOf(past)
  const query = past.query ?? ''
  return (
    <Flex gap="4px 14px" wrap>
      <Link
        to={`/console/movies?${writeSearch(search, past.prediction_id)}`}
        aria-label={t('movies.searches.open_named', { query })}
      >
        {t('movies.searches.open')}
      </Link>
      <Link to={`/console/movies?${writeSearch(search)}`} aria-label={t('movies.searches.again_named', { query })}>
        {t('movies.searches.again')}
      </Link>
    </Flex>
  )
}
