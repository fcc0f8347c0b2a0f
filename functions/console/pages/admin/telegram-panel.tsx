import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Flex, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { Failure } from '../../parts/failure.tsx'
import { useConfirm } from '../../parts/use-confirm.tsx'
import { useOneAtATime } from '../../parts/use-one-at-a-time.ts'
import { When } from '../../parts/when.tsx'
import { Panel } from '../../shell/panel.tsx'
import { type Code, LinkCode } from './link-code.tsx'
import { SectionTitle } from './section-title.tsx'

interface Link {
  people: number
  linked_at: string | null
}

const linkKey = ['telegram', 'link']
/** Linking happens in the chat: who comes back from there sees it. */
const lookAgainMs = 5_000

/** The bot spends from this account's wallet once it is linked: by a code that is good once, for a short time. */
export function TelegramPanel() {
  const { t } = useTranslation()
  const { data, mutateAsync, isPending, error } = useMutation({
    mutationFn: () => call<Code>('/bot/link_codes', { method: 'POST' }),
  })
  const make = useOneAtATime(() => mutateAsync())
  const { data: link } = useQuery({
    queryKey: linkKey,
    queryFn: ({ signal }) => call<Link>('/bot/link', { signal }),
    refetchInterval: data ? lookAgainMs : false,
  })
  return (
    <Panel padding={16} style={{ marginTop: 32 }}>
      <SectionTitle text={t('telegram.title')} />
      <Typography.Paragraph style={{ maxWidth: 720 }}>{t('telegram.text')}</Typography.Paragraph>
      {link?.linked_at && (
        <Typography.Paragraph role="status">
          {t('telegram.linked')} <When at={link.linked_at} />
        </Typography.Paragraph>
      )}
      {data && <LinkCode key={data.code} code={data} />}
      {error !== null && <Failure error={error} onRetry={() => make(undefined)} />}
      <Flex gap="small" wrap style={{ marginTop: 12 }}>
        <Button type={data ? 'default' : 'primary'} loading={isPending} onClick={() => make(undefined)}>
          {t(data ? 'telegram.another' : 'telegram.make')}
        </Button>
        {link?.linked_at && <Unlink />}
      </Flex>
    </Panel>
  )
}

function Unlink() {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const queries = useQueryClient()
  const ask = () =>
    confirm({
      title: t('telegram.unlink.title'),
      text: t('telegram.unlink.text'),
      action: t('telegram.unlink.do'),
      isDangerous: true,
      async act() {
        await call('/bot/link', { method: 'DELETE' })
        await queries.invalidateQueries({ queryKey: linkKey })
      },
      done: t('telegram.unlink.done'),
    })
  return (
    <Button danger onClick={ask}>
      {t('telegram.unlink.do')}
    </Button>
  )
}
