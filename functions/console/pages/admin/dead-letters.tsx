import { App, Button, Flex, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { usePages } from '../../api/hooks.ts'
import { describeError } from '../../parts/describe-error.ts'
import { PagedRecords } from '../../parts/paged-records.tsx'
import type { Column } from '../../parts/records.tsx'
import { useConfirm } from '../../parts/use-confirm.tsx'
import { useOneAtATime } from '../../parts/use-one-at-a-time.ts'
import { When } from '../../parts/when.tsx'
import { adminKeys, type DeadLetter, deleteDeadLetter, retryDeadLetter, useChange } from './admin-api.ts'
import { SectionTitle } from './section-title.tsx'

/** Messages that the queue gave up: why, and a way to send them again. */
export function DeadLetters() {
  const { t } = useTranslation()
  const list = usePages<DeadLetter>(adminKeys.deadLetters, '/dead_letters')
  const columns = useColumns()
  return (
    <>
      <SectionTitle text={t('admin.dead_letters.title')}>
        <Button loading={list.isFetching} onClick={() => list.refetch()}>
          {t('parts.refresh')}
        </Button>
      </SectionTitle>
      <Typography.Paragraph>{t('admin.dead_letters.text')}</Typography.Paragraph>
      <PagedRecords
        label={t('admin.dead_letters.title')}
        list={list}
        rows={list.data?.pages.flatMap(({ items }) => items) ?? []}
        idOf={({ id }) => id}
        columns={columns}
        empty={t('admin.dead_letters.empty')}
      />
    </>
  )
}

function useColumns(): Column<DeadLetter>[] {
  const { t } = useTranslation()
  return [
    {
      key: 'at',
      title: t('admin.dead_letters.at'),
      isShort: true,
      render: ({ created_at }) => <When at={created_at} />,
    },
    { key: 'what', title: t('admin.dead_letters.what'), render: (letter) => <What letter={letter} /> },
    { key: 'why', title: t('admin.dead_letters.why'), render: (letter) => <Why letter={letter} /> },
    { key: 'do', title: t('parts.actions'), render: (letter) => <Actions letter={letter} /> },
  ]
}

/** Jobs of others cannot be opened, so that ids are told, not linked. */
function What({ letter: { job_id, delivery_id, path } }: { letter: DeadLetter }) {
  const { t } = useTranslation()
  const kind = job_id !== null ? 'job' : delivery_id !== null ? 'delivery' : 'other'
  return (
    <>
      {t(`admin.dead_letters.kind.${kind}`)}
      <code style={{ display: 'block', overflowWrap: 'anywhere' }}>{job_id ?? delivery_id ?? path}</code>
    </>
  )
}

function Why({ letter: { response_status, response_body } }: { letter: DeadLetter }) {
  const { t } = useTranslation()
  return (
    <>
      {response_status === null
        ? t('admin.dead_letters.no_answer')
        : t('webhooks.answer.status', { status: response_status })}
      {response_body && (
        <details>
          <summary style={{ cursor: 'pointer' }}>{t('admin.dead_letters.body')}</summary>
          <pre style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', margin: 0 }}>{response_body}</pre>
        </details>
      )}
    </>
  )
}

function Actions({ letter: { id } }: { letter: DeadLetter }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const confirm = useConfirm()
  const retrying = useChange(retryDeadLetter, adminKeys.deadLetters)
  const deleting = useChange(deleteDeadLetter, adminKeys.deadLetters)
  const retry = useOneAtATime(() =>
    retrying.mutateAsync(id, {
      onSuccess: () => message.success(t('admin.dead_letters.retried')),
      onError: (error) => message.error(describeError(t, error)),
    }),
  )
  const ask = () =>
    confirm({
      title: t('admin.dead_letters.delete.title'),
      text: t('admin.dead_letters.delete.text'),
      action: t('admin.dead_letters.delete.do'),
      isDangerous: true,
      act: () => deleting.mutateAsync(id),
      done: t('admin.dead_letters.delete.done'),
    })
  return (
    <Flex gap="small" wrap>
      <Button size="small" loading={retrying.isPending} onClick={() => retry(undefined)}>
        {t('admin.dead_letters.retry')}
      </Button>
      <Button size="small" danger disabled={retrying.isPending} onClick={ask}>
        {t('admin.dead_letters.delete.do')}
      </Button>
    </Flex>
  )
}
