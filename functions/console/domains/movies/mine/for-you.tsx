import { Alert, Button, Empty, Skeleton, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Failure } from '../../../parts/failure.tsx'
import { usePersonal } from '../movies-api.ts'
import { MoviesPage } from '../movies-page.tsx'
import { FilmCards } from '../parts/film-grid.tsx'

const SHOWN = 24

/** What the person may like, without asking. */
export default function ForYou() {
  const { t } = useTranslation()
  const { data: films, error, refetch, isFetching } = usePersonal(SHOWN)
  const isColdStart = films !== undefined && films.length > 0 && films.every(({ why }) => why.kind === 'popular')
  return (
    <MoviesPage
      title="movies.for_you.title"
      actions={
        <Button loading={isFetching} onClick={() => refetch()}>
          {t('parts.refresh')}
        </Button>
      }
    >
      <Typography.Paragraph style={{ marginBottom: 4, maxWidth: 760 }}>{t('movies.for_you.text')}</Typography.Paragraph>
      <Typography.Paragraph>
        <Link to="/console/movies/taste">{t('movies.for_you.taste')}</Link>
      </Typography.Paragraph>
      {error !== null && <Failure error={error} onRetry={refetch} />}
      {isColdStart && <Alert type="info" showIcon title={t('movies.for_you.cold')} style={{ marginBottom: 16 }} />}
      {films === undefined && error === null && <Skeleton active paragraph={{ rows: 8 }} />}
      {films?.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('movies.for_you.empty')} />}
      {films !== undefined && films.length > 0 && <FilmCards label={t('movies.for_you.title')} films={films} />}
    </MoviesPage>
  )
}
