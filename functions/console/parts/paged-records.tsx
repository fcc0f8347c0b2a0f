import { Empty, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type Paged, PagedList } from './paged-list.tsx'
import { type Column, Records } from './records.tsx'

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

/** Rows of a list that grows page by page. */
export function PagedRecords<Row>({ list, empty, ...records }: PagedRecordsProps<Row>) {
  const { t } = useTranslation()
  return (
    <PagedList
      list={list}
      count={records.rows.length}
      gap={12}
      waiting={<Skeleton active title={false} paragraph={{ rows: 6 }} aria-label={t('loading')} />}
      empty={<Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} />}
    >
      <Records {...records} />
    </PagedList>
  )
}
