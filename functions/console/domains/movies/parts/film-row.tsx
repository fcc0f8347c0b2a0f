import { Flex, Skeleton, Typography } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Failure } from '../../../parts/failure.tsx'
import type { Film, RankedFilm } from '../movies-api.ts'
import { FilmStrip } from './film-grid.tsx'

interface FilmRowProps {
  title: string
  films: readonly (Film | RankedFilm)[] | undefined
  error: unknown
  onRetry(): unknown
  /** Where there are more. */
  to?: string
  /** Said where there are none; else the row is left out. */
  empty?: string
}

/** Films in a line below their heading, in all its states. */
export function FilmRow({ title, films, error, onRetry, to, empty }: FilmRowProps) {
  const { t } = useTranslation()
  const id = useId()
  if (films?.length === 0 && empty === undefined) return null
  return (
    <section aria-labelledby={id} style={{ marginTop: 28 }}>
      <Flex align="baseline" justify="space-between" gap="small" wrap style={{ marginBottom: 8 }}>
        <Typography.Title level={2} id={id} style={{ fontSize: 18, margin: 0 }}>
          {title}
        </Typography.Title>
        {to !== undefined && (
          <Link to={to} aria-label={t('movies.all_named', { title })}>
            {t('movies.all')}
          </Link>
        )}
      </Flex>
      {error !== null && <Failure error={error} onRetry={onRetry} />}
      {films === undefined && error === null && <WaitingStrip />}
      {films?.length === 0 && <Typography.Paragraph type="secondary">{empty}</Typography.Paragraph>}
      {films !== undefined && films.length > 0 && <FilmStrip label={title} films={films} />}
    </section>
  )
}

function WaitingStrip() {
  return (
    <Flex gap={14} style={{ overflow: 'hidden' }}>
      {[1, 2, 3, 4, 5, 6, 7, 8].map((place) => (
        <Skeleton.Node key={place} active style={{ width: 132, height: 198 }} />
      ))}
    </Flex>
  )
}
