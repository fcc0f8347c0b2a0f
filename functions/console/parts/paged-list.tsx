import { Button, Flex, Typography } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Failure } from './failure.tsx'

/** What a list that grows page by page is shown from: an infinite query, say. */
export interface Paged {
  isPending: boolean
  error: unknown
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage(): unknown
  refetch(): unknown
}

interface PagedListProps {
  list: Paged
  /** How many have come. */
  count: number
  /** Stands for what is on its way. */
  waiting: ReactNode
  empty: ReactNode
  /** Between what has come and the button for more, pixels. */
  gap: number
  /** What has come. */
  children: ReactNode
}

/** A list in all its states: on its way, failed, empty, and with more to come. */
export function PagedList({ list, count, waiting, empty, gap, children }: PagedListProps) {
  const { t } = useTranslation()
  if (list.isPending) return waiting
  return (
    <>
      {list.error !== null && <Failure error={list.error} onRetry={() => list.refetch()} />}
      {count === 0 && list.error === null && empty}
      {count > 0 && (
        <>
          {children}
          <Flex align="center" gap="middle" wrap style={{ marginTop: gap }}>
            <Typography.Text type="secondary" role="status">
              {t(list.hasNextPage ? 'parts.shown' : 'parts.shown_all', { count })}
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
