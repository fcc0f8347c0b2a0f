import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useOneTimeKey } from '../../parts/one-time-key.ts'
import { refreshMoney } from '../wallet/wallet-api.ts'
import { AmountForm } from './amount-form.tsx'

interface BalanceFormProps {
  isOpen: boolean
  onClose(): void
  current: number
}

/** Sets one's own balance; the ledger keeps the difference. */
export function BalanceForm({ isOpen, onClose, current }: BalanceFormProps) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const { key, renew } = useOneTimeKey()
  const { mutateAsync, isPending, error, reset } = useMutation({
    mutationFn: (amount: number) =>
      call<{ amount: number }>('/balance', { method: 'POST', body: { new_amount: amount }, idempotencyKey: key }),
    onSettled: () => refreshMoney(queries),
    onSuccess: ({ amount }) => {
      message.success(t('wallet.top_up.done', { count: amount }))
      onClose()
    },
  })
  const forget = () => {
    reset()
    renew()
  }
  return (
    <AmountForm
      isOpen={isOpen}
      onClose={onClose}
      title={t('admin.users.set_balance.title')}
      text={t('admin.users.set_balance.text')}
      label={t('admin.users.set_balance.label')}
      current={current}
      largest={1_000_000_000_000}
      isPending={isPending}
      error={error}
      onSend={mutateAsync}
      afterClose={forget}
    />
  )
}
