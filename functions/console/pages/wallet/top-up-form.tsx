import { App, Form, InputNumber, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { faultsByField } from '../../parts/describe-error.ts'
import { FormFailure } from '../../parts/failure.tsx'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { useFormats } from '../../parts/formats.ts'
import { useOneTimeKey } from '../../parts/one-time-key.ts'
import { useOneAtATime } from '../../parts/use-one-at-a-time.ts'
import { useTopUp } from './wallet-api.ts'

const AMOUNTS = [50, 100, 500, 1000]
const LARGEST = 1_000_000_000_000

interface TopUpFormProps {
  isOpen: boolean
  onClose(): void
  /** Whose wallet, where it is not one's own. */
  user?: { id: string; email: string }
}

/** Adds credits to a wallet. However often the form is sent, they are added once. */
export function TopUpForm({ isOpen, onClose, user }: TopUpFormProps) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [form] = Form.useForm<{ amount: number }>()
  const { key, renew } = useOneTimeKey()
  const { mutateAsync, isPending, error, reset } = useTopUp()
  const send = useOneAtATime(({ amount }: { amount: number }) =>
    mutateAsync(
      { amount, idempotencyKey: key, ...(user && { userId: user.id }) },
      {
        onSuccess: ({ amount: balance }) => {
          message.success(t('wallet.top_up.done', { count: balance }))
          onClose()
        },
        onError: (refusal) => form.setFields(faultsByField(t, refusal).map((fault) => ({ ...fault, name: 'amount' }))),
      },
    ),
  )
  const forget = () => {
    form.resetFields()
    reset()
    renew()
  }
  return (
    <FormDialog
      isOpen={isOpen}
      title={user ? t('wallet.top_up.title_for', { email: user.email }) : t('wallet.top_up.title')}
      action={t('wallet.top_up.do')}
      form={form}
      initialValues={{ amount: 100 }}
      isPending={isPending}
      failure={<FormFailure error={error} />}
      onSend={send}
      onClose={onClose}
      afterClose={forget}
    >
      <AmountFields />
    </FormDialog>
  )
}

function AmountFields() {
  const { t } = useTranslation()
  const { number } = useFormats()
  const form = Form.useFormInstance<{ amount: number }>()
  const amount = Form.useWatch('amount', form)
  return (
    <>
      <Radio.Group
        aria-label={t('wallet.top_up.amounts')}
        optionType="button"
        value={amount}
        onChange={({ target }) => form.setFieldValue('amount', target.value)}
        options={AMOUNTS.map((value) => ({ value, label: number(value) }))}
        style={{ marginBottom: 16 }}
      />
      <Form.Item
        name="amount"
        label={t('wallet.top_up.own')}
        rules={[{ required: true, type: 'integer', min: 1, max: LARGEST, message: t('wallet.top_up.rule') }]}
      >
        <InputNumber<number> autoFocus inputMode="numeric" suffix={t('wallet.unit')} style={{ width: '100%' }} />
      </Form.Item>
    </>
  )
}
