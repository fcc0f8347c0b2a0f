import { Button, Flex, Skeleton, Typography } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Failure } from '../../../parts/failure.tsx'
import type { Paged } from '../../../parts/paged-records.tsx'
import type { Film } from '../movies-api.ts'
import { FilmGrid } from './film-grid.tsx'

interface PagedFilmsProps {
  label: string
  list: Paged
  films: readonly Film[]
  empty: ReactNode
}

/** Films by their posters, page by page, in all states of the list. */
export function PagedFilms({ label, list, films, empty }: PagedFilmsProps) {
  const { t } = useTranslation()
  if (list.isPending) return <WaitingGrid />
  return (
    <>
      {list.error !== null && <Failure error={list.error} onRetry={() => list.refetch()} />}
      {films.length === 0 && list.error === null && empty}
      {films.length > 0 && (
        <>
          <FilmGrid label={label} films={films} />
          <Flex align="center" gap="middle" wrap style={{ marginTop: 20 }}>
            <Typography.Text type="secondary" role="status">
              {t(list.hasNextPage ? 'parts.shown' : 'parts.shown_all', { count: films.length })}
            </Typography.Text>
            {list.hasNextPage && (
              <Button loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
                {t('parts.more')}
              </Button>
            )}
          </Flex>
        </>
      )}
    </>
  )
}

function WaitingGrid() {
  return (
    <Flex gap={16} wrap>
      {Array.from({ length: 12 }, (_, place) => place).map((place) => (
        <Skeleton.Node key={place} active style={{ width: 148, height: 222 }} />
      ))}
    </Flex>
  )
}
