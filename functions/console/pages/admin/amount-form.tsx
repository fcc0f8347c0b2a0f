import { Form, InputNumber, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Failure } from '../../parts/failure.tsx'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { useOneAtATime } from '../../parts/use-one-at-a-time.ts'

interface AmountFormProps {
  isOpen: boolean
  onClose(): void
  title: string
  text: string
  label: string
  current: number
  largest: number
  isPending: boolean
  error: unknown
  onSend(amount: number): Promise<unknown>
  /** The form is gone: the next one is another. */
  afterClose(): void
}

/** Asks for one number of credits. */
export function AmountForm(props: AmountFormProps) {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ amount: number }>()
  const { isPending, error, largest } = props
  const send = useOneAtATime(({ amount }: { amount: number }) => props.onSend(amount))
  const forget = () => {
    form.resetFields()
    props.afterClose()
  }
  return (
    <FormDialog
      isOpen={props.isOpen}
      title={props.title}
      action={t('parts.save')}
      form={form}
      initialValues={{ amount: props.current }}
      isPending={isPending}
      failure={error !== null && <Failure error={error} />}
      onSend={send}
      onClose={props.onClose}
      afterClose={forget}
    >
      <Typography.Paragraph>{props.text}</Typography.Paragraph>
      <Form.Item
        name="amount"
        label={props.label}
        rules={[{ required: true, type: 'integer', min: 0, max: largest, message: t('parts.amount_rule') }]}
      >
        <InputNumber<number> autoFocus inputMode="numeric" suffix={t('wallet.unit')} style={{ width: '100%' }} />
      </Form.Item>
    </FormDialog>
  )
}
