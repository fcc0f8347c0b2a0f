import { Button, Empty, Flex, Skeleton, Typography } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Failure } from './failure.tsx'
import { type Column, Records } from './records.tsx'

/** What a list that grows page by page is shown from: an infinite query, say. */
export interface Paged {
  isPending: boolean
  error: unknown
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage(): unknown
  refetch(): unknown
}

interface PagedRecordsProps<Row> {
  label: string
  columns: readonly Column<Row>[]
  list: Paged
  rows: readonly Row[]
  idOf(row: Row): string
  card?(row: Row): ReactNode
  /** What to do when there is nothing. */
  empty: ReactNode
}

/** A list in all its states: on its way, failed, empty, and with more to come. */
export function PagedRecords<Row>({ list, empty, ...records }: PagedRecordsProps<Row>) {
  const { t } = useTranslation()
  const { rows } = records
  if (list.isPending) return <Skeleton active title={false} paragraph={{ rows: 6 }} aria-label={t('loading')} />
  return (
    <>
      {list.error !== null && <Failure error={list.error} onRetry={() => list.refetch()} />}
      {rows.length > 0 ? (
        <Records {...records} />
      ) : (
        list.error === null && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} />
      )}
      {rows.length > 0 && (
        <Flex align="center" gap="middle" wrap style={{ marginTop: 12 }}>
          <Typography.Text type="secondary" role="status">
            {t(list.hasNextPage ? 'parts.shown' : 'parts.shown_all', { count: rows.length })}
          </Typography.Text>
          {list.hasNextPage && (
            <Button loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
              {t('parts.more')}
            </Button>
          )}
        </Flex>
      )}
    </>
  )
}
