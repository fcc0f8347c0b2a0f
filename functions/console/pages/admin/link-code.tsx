import { App, Button, Flex, Typography, theme } from 'antd'
import { useEffect, useState } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { copyText } from '../../parts/copy-text.ts'
import { clockOf } from './clock-of.ts'

/** As `POST /bot/link_codes` answers. */
export interface Code {
  code: string
  expires_at: string
  /** Null: the bot has no name of its own. */
  bot_url: string | null
}

/** A code to be sent to the bot, as long as it is good. */
export function LinkCode({ code: { code, expires_at, bot_url } }: { code: Code }) {
  const { t } = useTranslation()
  const { token } = theme.useToken()
  const leftMs = useTimeLeft(expires_at)
  const command = `/link ${code}`
  if (leftMs <= 0)
    return (
      <Typography.Text type="warning" role="status">
        {t('telegram.expired')}
      </Typography.Text>
    )
  return (
    <>
      <Flex align="center" gap="8px 16px" wrap>
        <code
          style={{
            padding: '6px 14px',
            fontSize: 24,
            letterSpacing: 3,
            background: token.colorFillTertiary,
            borderRadius: 6,
          }}
        >
          {code}
        </code>
        {/* Not said aloud each second. */}
        <Typography.Text type="secondary" role="timer">
          {t('telegram.left', { left: clockOf(leftMs) })}
        </Typography.Text>
      </Flex>
      <p>
        <Trans i18nKey="telegram.how" values={{ command }} components={{ code: <code /> }} />
      </p>
      <Flex gap="small" wrap>
        <CopyButton text={command} />
        {bot_url !== null && (
          <Button type="primary" href={bot_url} target="_blank" rel="noreferrer">
            {t('telegram.open')}
          </Button>
        )}
      </Flex>
    </>
  )
}

function CopyButton({ text }: { text: string }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const copy = async () => {
    if (await copyText(text)) void message.success(t('parts.secret.copied'))
    else void message.info(t('telegram.by_hand'))
  }
  return <Button onClick={copy}>{t('parts.secret.copy')}</Button>
}

function useTimeLeft(until: string): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 1_000)
    return () => window.clearInterval(timer)
  }, [])
  return Date.parse(until) - now
}
