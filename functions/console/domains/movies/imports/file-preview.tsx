import { Alert, Button, Flex, Progress, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { ScrollBox } from '../../../forms/scroll-box.tsx'
import { Failure } from '../../../parts/failure.tsx'
import { useFormats } from '../../../parts/formats.ts'
import { Records } from '../../../parts/records.tsx'
import { useOneAtATime } from '../../../parts/use-one-at-a-time.ts'
import { Panel } from '../../../shell/panel.tsx'
import { useGenreText } from '../film-texts.ts'
import type { ReadImport, ReadyFilm } from './read-import.ts'
import { RejectedTable } from './rejected-table.tsx'
import { useImport } from './use-import.ts'

const SHOWN = 5

interface FilePreviewProps {
  name: string
  content: ReadImport
  onClose(): void
}

/** What a file holds, before and while it is sent. */
export function FilePreview({ name, content: { films, rejected }, onClose }: FilePreviewProps) {
  const { t } = useTranslation()
  const { number } = useFormats()
  const { start, isPending, error, outcome, sent } = useImport(films)
  const send = useOneAtATime(start)
  const refused = [...rejected, ...(outcome?.refused ?? [])]
  return (
    <Panel padding={16} style={{ marginTop: 16 }}>
      <Flex align="center" gap="small" wrap>
        <Typography.Title level={2} style={{ fontSize: 18, margin: 0, flex: 1, overflowWrap: 'anywhere' }}>
          {name}
        </Typography.Title>
        {outcome === undefined && films.length > 0 && (
          <Button type="primary" loading={isPending} onClick={() => send(undefined)}>
            {t('movies.imports.send', { count: films.length, films: number(films.length) })}
          </Button>
        )}
        <Button onClick={onClose} disabled={isPending}>
          {t(outcome === undefined ? 'parts.cancel' : 'movies.imports.close')}
        </Button>
      </Flex>
      <p role="status">
        {outcome
          ? t('movies.imports.sent', { count: outcome.accepted, films: number(outcome.accepted) })
          : t('movies.imports.read', {
              count: films.length,
              films: number(films.length),
              rejected: number(rejected.length),
            })}
      </p>
      {isPending && (
        <Progress
          percent={Math.round((100 * sent) / Math.max(1, films.length))}
          aria-label={t('movies.imports.sending')}
        />
      )}
      {error !== null && <Failure error={error} onRetry={() => send(undefined)} />}
      {films.length === 0 && <Alert type="warning" showIcon title={t('movies.imports.no_film')} />}
      {outcome === undefined && films.length > 0 && <FirstFilms films={films.slice(0, SHOWN)} />}
      <RejectedTable rejected={refused} fileName={name} />
    </Panel>
  )
}

function FirstFilms({ films }: { films: readonly ReadyFilm[] }) {
  const { t } = useTranslation()
  const { number } = useFormats()
  const textOf = useGenreText()
  const label = t('movies.imports.first')
  return (
    <ScrollBox label={label}>
      <Records
        label={label}
        rows={films}
        idOf={({ index }) => String(index)}
        columns={[
          { key: 'title', title: t('movies.add.title_en'), render: ({ title }) => <strong>{title}</strong> },
          { key: 'year', title: t('movies.add.year'), render: ({ year }) => year },
          { key: 'genres', title: t('movies.add.genres'), render: ({ genres }) => genres.map(textOf).join(', ') },
          { key: 'index', title: t('movies.imports.index'), isNumber: true, render: ({ index }) => number(index) },
        ]}
      />
    </ScrollBox>
  )
}
