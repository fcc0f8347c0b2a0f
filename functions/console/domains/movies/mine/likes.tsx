import { Empty, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { usePages } from '../../../api/hooks.ts'
import { type Film, movieKeys } from '../movies-api.ts'
import { MoviesPage } from '../movies-page.tsx'
import { PagedFilms } from '../parts/paged-films.tsx'

const VERDICTS = ['like', 'dislike'] as const
type Given = (typeof VERDICTS)[number]

/** What the person likes and what they do not. */
export default function Likes() {
  const { t } = useTranslation()
  const [address, setAddress] = useSearchParams()
  const verdict: Given = address.get('verdict') === 'dislike' ? 'dislike' : 'like'
  const list = usePages<Film>([...movieKeys.verdicts, 'list'], '/movies/verdicts', { verdict, limit: 36 })
  const label = t(`movies.likes.${verdict}`)
  return (
    <MoviesPage title="movies.likes.title">
      <Segmented<Given>
        aria-label={t('movies.likes.which')}
        name="verdict"
        value={verdict}
        options={VERDICTS.map((value) => ({ value, label: t(`movies.likes.${value}`) }))}
        onChange={(value) => setAddress(value === 'like' ? {} : { verdict: value }, { replace: true })}
        style={{ marginBottom: 20 }}
      />
      <PagedFilms
        label={label}
        list={list}
        films={list.data?.pages.flatMap(({ items }) => items) ?? []}
        empty={
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(`movies.likes.empty_${verdict}`)}>
            <Link to="/console/movies/catalogue">{t('movies.film.to_catalogue')}</Link>
          </Empty>
        }
      />
    </MoviesPage>
  )
}
