import { useQuery } from '@tanstack/react-query'
import { Empty, Flex, Skeleton, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Taste as TasteView } from '../../../../movies/read-taste.ts'
import { call } from '../../../api/call.ts'
import { Failure } from '../../../parts/failure.tsx'
import { useFormats } from '../../../parts/formats.ts'
import { Panel } from '../../../shell/panel.tsx'
import { movieKeys } from '../movies-api.ts'
import { MoviesPage } from '../movies-page.tsx'
import { GenresChart } from './genres-chart.tsx'
import { YearsChart } from './years-chart.tsx'

export type TasteProfile = TasteView

/** What the system makes of a person's likes and searches, told openly. */
export default function Taste() {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery({
    queryKey: movieKeys.taste,
    queryFn: ({ signal }) => call<TasteProfile>('/movies/taste', { signal }),
  })
  return (
    <MoviesPage title="movies.taste.title">
      <Typography.Paragraph style={{ maxWidth: 720 }}>{t('movies.taste.text')}</Typography.Paragraph>
      {error !== null && <Failure error={error} onRetry={refetch} />}
      {data === undefined && error === null && <Skeleton active paragraph={{ rows: 8 }} />}
      {data && <Counts taste={data} />}
      {data?.genres.length === 0 && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('movies.taste.empty')}>
          <Link to="/console/movies/catalogue?sort=popularity">{t('movies.film.to_catalogue')}</Link>
        </Empty>
      )}
      {data && data.genres.length > 0 && (
        <div style={{ maxWidth: 820 }}>
          <GenresChart genres={data.genres} />
          {data.years && <YearsChart years={data.years} />}
          <Typography.Paragraph type="secondary">{t('movies.taste.change')}</Typography.Paragraph>
        </div>
      )}
    </MoviesPage>
  )
}

function Counts({ taste }: { taste: TasteProfile }) {
  const { t } = useTranslation()
  const { number } = useFormats()
  const counts = {
    likes: taste.likes,
    dislikes: taste.dislikes,
    searches: taste.searches,
    considered: taste.films_considered,
  }
  return (
    <Flex component="dl" gap={12} wrap style={{ margin: '0 0 24px' }}>
      {Object.entries(counts).map(([name, count]) => (
        <Panel key={name} style={{ flex: '1 1 140px', maxWidth: 240 }}>
          <dt>
            <Typography.Text type="secondary">{t(`movies.taste.counts.${name}`)}</Typography.Text>
          </dt>
          <dd style={{ margin: 0, fontSize: 26, fontWeight: 600 }}>{number(count)}</dd>
        </Panel>
      ))}
    </Flex>
  )
}
