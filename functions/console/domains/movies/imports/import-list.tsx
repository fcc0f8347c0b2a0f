import { App, Button, Flex, Progress, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { describeError } from '../../../parts/describe-error.ts'
import { useFormats } from '../../../parts/formats.ts'
import { PagedRecords } from '../../../parts/paged-records.tsx'
import type { Column } from '../../../parts/records.tsx'
import { StateTag } from '../../../parts/state-tag.tsx'
import { useOneAtATime } from '../../../parts/use-one-at-a-time.ts'
import { When } from '../../../parts/when.tsx'
import { type FilmImport, useImports, useRetry } from './imports-api.ts'
import { RejectedTable } from './rejected-table.tsx'

/** All deliveries of films, as they are now. */
export function ImportList() {
  const { t } = useTranslation()
  const list = useImports()
  return (
    <section aria-labelledby="imports" style={{ marginTop: 28 }}>
      <Typography.Title level={2} id="imports" style={{ fontSize: 18 }}>
        {t('movies.imports.all')}
      </Typography.Title>
      <PagedRecords
        label={t('movies.imports.all')}
        list={list}
        rows={list.data?.pages.flatMap(({ items }) => items) ?? []}
        idOf={({ id }) => id}
        columns={useColumns()}
        empty={t('movies.imports.empty')}
      />
    </section>
  )
}

function useColumns(): Column<FilmImport>[] {
  const { t } = useTranslation()
  return [
    { key: 'source', title: t('movies.imports.source'), render: (one) => <Source one={one} /> },
    { key: 'at', title: t('movies.imports.at'), isShort: true, render: ({ created_at }) => <When at={created_at} /> },
    {
      key: 'status',
      title: t('movies.imports.state'),
      render: ({ status }) => (
        <StateTag tone={status === 'running' ? 'waiting' : 'good'} text={t(`movies.imports.status.${status}`)} />
      ),
    },
    { key: 'progress', title: t('movies.imports.progress'), render: (one) => <ImportProgress one={one} /> },
    { key: 'failed', title: t('movies.imports.failed'), render: (one) => one.failed > 0 && <Failed one={one} /> },
    {
      key: 'rejected',
      title: t('movies.imports.not_taken'),
      render: (one) => one.rejected_count > 0 && <Rejected one={one} />,
    },
  ]
}

function Source({ one: { source } }: { one: FilmImport }) {
  const { t } = useTranslation()
  return (
    <strong style={{ overflowWrap: 'anywhere' }}>
      {t(`movies.imports.sources.${source}`, { defaultValue: source })}
    </strong>
  )
}

function ImportProgress({ one: { id, total, done } }: { one: FilmImport }) {
  const { t } = useTranslation()
  const { number } = useFormats()
  const text = t('movies.imports.done', { count: total, done: number(done), total: number(total) })
  return (
    <div style={{ minWidth: 150 }}>
      <Progress
        percent={total === 0 ? 100 : Math.floor((100 * done) / total)}
        size="small"
        aria-label={t('movies.imports.progress_of', { id: id.slice(-6) })}
      />
      <Typography.Text type="secondary">{text}</Typography.Text>
    </div>
  )
}

function Failed({ one: { id, failed } }: { one: FilmImport }) {
  const { t } = useTranslation()
  const { number } = useFormats()
  const { message } = App.useApp()
  const { mutateAsync, isPending } = useRetry()
  const retry = useOneAtATime(() =>
    mutateAsync(id, {
      onSuccess: () => void message.success(t('movies.imports.retried')),
      onError: (error) => void message.error(describeError(t, error)),
    }),
  )
  return (
    <Flex align="center" gap="small">
      {number(failed)}
      <Button size="small" loading={isPending} onClick={() => retry(undefined)}>
        {t('movies.imports.retry')}
      </Button>
    </Flex>
  )
}

function Rejected({ one: { source, rejected, rejected_count: count } }: { one: FilmImport }) {
  const { t } = useTranslation()
  const { number } = useFormats()
  const { modal } = App.useApp()
  const show = () =>
    modal.info({ title: source, width: 720, content: <RejectedTable rejected={rejected} fileName={source} /> })
  return (
    <Button size="small" onClick={show}>
      {t('movies.imports.show_rejected', { count, records: number(count) })}
    </Button>
  )
}
