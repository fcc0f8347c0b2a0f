import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Flex, Progress, Skeleton, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { EncoderView } from '../../../../movies/encoder-view.ts'
import { call } from '../../../api/call.ts'
import { Failure } from '../../../parts/failure.tsx'
import { useFormats } from '../../../parts/formats.ts'
import { type Column, Records } from '../../../parts/records.tsx'
import { StateTag } from '../../../parts/state-tag.tsx'
import type { Tone } from '../../../parts/tones.ts'
import { useConfirm } from '../../../parts/use-confirm.tsx'
import { When } from '../../../parts/when.tsx'
import { movieKeys, POLL_MS } from '../movies-api.ts'
import { MoviesPage } from '../movies-page.tsx'
import { AdminsOnly } from '../parts/admins-only.tsx'

type Encoder = z.infer<typeof EncoderView>

/** Which model reads the films, and how a better one takes its place. */
export default function Encoders() {
  const { t } = useTranslation()
  return (
    <MoviesPage title="movies.encoders.title">
      <AdminsOnly>
        <Typography.Paragraph style={{ maxWidth: 760 }}>{t('movies.encoders.text')}</Typography.Paragraph>
        <EncoderList />
      </AdminsOnly>
    </MoviesPage>
  )
}

function EncoderList() {
  const { t } = useTranslation()
  const columns = useColumns()
  const { data, error, refetch } = useQuery({
    queryKey: movieKeys.encoders,
    queryFn: async ({ signal }) => (await call<{ items: Encoder[] }>('/encoders', { signal })).items,
    refetchInterval: ({ state }) =>
      state.data?.some((one) => one.state === 'filling' || (one.state === 'serving' && one.embedded < one.films))
        ? POLL_MS
        : false,
  })
  return (
    <>
      {error !== null && <Failure error={error} onRetry={refetch} />}
      {data === undefined && error === null && <Skeleton active paragraph={{ rows: 4 }} />}
      {data && <Records label={t('movies.encoders.title')} columns={columns} rows={data} idOf={({ id }) => id} />}
    </>
  )
}

const tones: Record<Encoder['state'], Tone> = {
  serving: 'good',
  filling: 'waiting',
  retired: 'neutral',
  available: 'info',
}

function useColumns(): Column<Encoder>[] {
  const { t } = useTranslation()
  const { number } = useFormats()
  return [
    { key: 'name', title: t('movies.encoders.name'), render: (one) => <Name encoder={one} /> },
    {
      key: 'state',
      title: t('movies.encoders.state'),
      render: ({ state }) => <StateTag tone={tones[state]} text={t(`movies.encoders.states.${state}`)} />,
    },
    {
      key: 'languages',
      title: t('movies.encoders.languages'),
      render: ({ languages }) =>
        languages
          .map((tag) => t(`movies.encoders.language.${tag === '*' ? 'all' : tag}`, { defaultValue: tag }))
          .join(', '),
    },
    {
      key: 'dimensions',
      title: t('movies.encoders.dimensions'),
      isNumber: true,
      render: (one) => number(one.dimensions),
    },
    {
      key: 'coverage',
      title: t('movies.encoders.coverage'),
      render: (one) => one.state !== 'available' && <Coverage encoder={one} />,
    },
    {
      key: 'since',
      title: t('movies.encoders.since'),
      render: ({ serving_since }) => serving_since && <When at={serving_since} />,
    },
    {
      key: 'actions',
      title: t('parts.actions'),
      render: (one) => actions[one.state].length > 0 && <Actions encoder={one} />,
    },
  ]
}

function Name({ encoder: { id, name } }: { encoder: Encoder }) {
  return (
    <>
      <strong>{name}</strong>
      <Typography.Text type="secondary" style={{ display: 'block', overflowWrap: 'anywhere', fontSize: 12 }}>
        {id}
      </Typography.Text>
    </>
  )
}

/** How many of the films it has read. */
function Coverage({ encoder: { name, films, embedded, failed, state } }: { encoder: Encoder }) {
  const { t } = useTranslation()
  const { number } = useFormats()
  return (
    <div style={{ minWidth: 150 }}>
      <Progress
        percent={films === 0 ? 100 : Math.floor((100 * embedded) / films)}
        size="small"
        status={state === 'filling' ? 'active' : 'normal'}
        aria-label={t('movies.encoders.coverage_of', { name })}
      />
      <Typography.Text type="secondary">
        {t('movies.encoders.read', { count: films, embedded: number(embedded), films: number(films) })}
      </Typography.Text>
      {failed > 0 && (
        <Typography.Text type="danger" style={{ display: 'block' }}>
          {t('movies.encoders.failed', { count: failed, failed: number(failed) })}
        </Typography.Text>
      )}
    </div>
  )
}

/** What can be done with an encoder depends on its state; what serves is left alone. */
const actions = {
  serving: [],
  available: ['start'],
  retired: ['restart', 'delete'],
  filling: ['stop'],
} as const satisfies Record<Encoder['state'], readonly (keyof typeof calls)[]>

const calls = {
  start: { method: 'POST', path: '/reembedding', isDangerous: false },
  restart: { method: 'POST', path: '/reembedding', isDangerous: false },
  stop: { method: 'DELETE', path: '/reembedding', isDangerous: true },
  delete: { method: 'DELETE', path: '', isDangerous: true },
} as const

function Actions({ encoder }: { encoder: Encoder }) {
  return (
    <Flex gap="small" wrap>
      {actions[encoder.state].map((action) => (
        <Action key={action} encoder={encoder} action={action} />
      ))}
    </Flex>
  )
}

function Action({ encoder: { id, name }, action }: { encoder: Encoder; action: keyof typeof calls }) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const queries = useQueryClient()
  const { method, path, isDangerous } = calls[action]
  const { mutateAsync } = useMutation({
    mutationFn: () => call(`/encoders/${encodeURIComponent(id)}${path}`, { method }),
    onSettled: () => queries.invalidateQueries({ queryKey: movieKeys.encoders }),
  })
  const texts = `movies.encoders.${action}`
  const ask = () =>
    confirm({
      title: t(`${texts}.title`, { name }),
      text: t(`${texts}.text`),
      action: t(`${texts}.do`),
      isDangerous,
      act: () => mutateAsync(),
      done: t(`${texts}.done`),
    })
  return (
    <Button size="small" danger={isDangerous} aria-label={t(`${texts}.title`, { name })} onClick={ask}>
      {t(`${texts}.do`)}
    </Button>
  )
}
