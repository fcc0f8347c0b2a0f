import { Alert, Button, Flex, Grid, Typography, theme } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useProfile } from '../api/hooks.ts'
import { useFormats } from '../parts/formats.ts'

interface OrderProps {
  /** Credits for all. */
  price: number
  /** How that comes about. */
  sum: string
  /** Credits that can be spent, as the server said. */
  amount?: number | undefined
  faults: number
  isSending: boolean
  onSend(): void
}

/** What it costs and what is left, before it is sent; on a phone at the thumb. */
export function Order({ price, sum, amount, faults, isSending, onSend }: OrderProps) {
  const { t } = useTranslation()
  const { token } = theme.useToken()
  const { number } = useFormats()
  const isWide = Grid.useBreakpoint().lg ?? true
  const { data: profile } = useProfile()
  const available = profile?.balance ?? amount
  const isEnough = available === undefined || available >= price
  return (
    <section
      aria-label={t('form.order.title')}
      style={{
        position: 'sticky',
        ...(isWide ? { top: 16 } : { bottom: 0, marginInline: -12 }),
        zIndex: 3,
        padding: isWide ? 16 : 12,
        background: token.colorBgElevated,
        border: `1px solid ${token.colorBorderSecondary}`,
        borderRadius: isWide ? token.borderRadiusLG : 0,
        boxShadow: isWide ? 'none' : token.boxShadowSecondary,
      }}
    >
      <Flex vertical gap={isWide ? 12 : 6}>
        <div aria-live="polite">
          <Flex align="baseline" justify="space-between" gap="small" wrap>
            <Typography.Text strong style={{ fontSize: isWide ? 22 : 18 }}>
              {t('form.order.price', { count: price, price: number(price) })}
            </Typography.Text>
            <Typography.Text type="secondary">{sum}</Typography.Text>
          </Flex>
          {available !== undefined && isEnough && (
            <Typography.Text type="secondary">
              {t('form.order.left', { count: available - price, left: number(available - price) })}
            </Typography.Text>
          )}
        </div>
        {available !== undefined && !isEnough && <Shortage missing={price - available} available={available} />}
        {faults > 0 && (
          <Typography.Text type="danger" role="status">
            {t('form.order.faults', { count: faults })}
          </Typography.Text>
        )}
        <Button
          type="primary"
          size="large"
          block
          loading={isSending}
          disabled={!isEnough}
          style={{ height: 'auto', minHeight: 44, whiteSpace: 'normal' }}
          onClick={onSend}
        >
          {t('form.order.send', { count: price, price: number(price) })}
        </Button>
      </Flex>
    </section>
  )
}

/** Said before anything is sent, with the way to mend it. */
export function Shortage({ missing, available }: { missing: number; available: number }) {
  const { t } = useTranslation()
  const { number } = useFormats()
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={t('form.order.short', { count: missing, missing: number(missing), available: number(available) })}
      description={<Link to="/console/wallet">{t('form.order.top_up')}</Link>}
    />
  )
}
