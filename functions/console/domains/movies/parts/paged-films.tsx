import { Flex, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { type Paged, PagedList } from '../../../parts/paged-list.tsx'
import type { Film } from '../movies-api.ts'
import { FilmGrid } from './film-grid.tsx'

interface PagedFilmsProps {
  label: string
  list: Paged
  films: readonly Film[]
  empty: ReactNode
}

/** Films by their posters, page by page. */
export function PagedFilms({ label, list, films, empty }: PagedFilmsProps) {
  return (
    <PagedList list={list} count={films.length} gap={20} waiting={<WaitingGrid />} empty={empty}>
      <FilmGrid label={label} films={films} />
    </PagedList>
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
