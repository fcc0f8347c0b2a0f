import { useTranslation } from 'react-i18next'
import { usePersonal, usePopular } from '../movies-api.ts'
import { FilmRow } from '../parts/film-row.tsx'

const SHOWN = 12

/** Films to look at without a search. */
export function BeforeAsking({ isAsked }: { isAsked: boolean }) {
  const { t } = useTranslation()
  const personal = usePersonal(SHOWN)
  const popular = usePopular(SHOWN)
  if (isAsked) return null
  return (
    <>
      <FilmRow
        title={t('movies.for_you.title')}
        films={personal.data}
        error={personal.error}
        onRetry={personal.refetch}
        to="/console/movies/for-you"
      />
      <FilmRow
        title={t('movies.popular')}
        films={popular.data?.pages[0]?.items}
        error={popular.error}
        onRetry={popular.refetch}
        to="/console/movies/catalogue?sort=popularity"
      />
    </>
  )
}
