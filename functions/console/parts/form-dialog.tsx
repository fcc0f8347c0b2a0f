import { Form, type FormInstance, Modal } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface FormDialogProps<Fields> {
  isOpen: boolean
  title: string
  /** What the button says that sends the form. */
  action: string
  form: FormInstance<Fields>
  initialValues?: Partial<Fields>
  isPending: boolean
  /** What went wrong, told below the fields. */
  failure: ReactNode
  onSend(fields: Fields): unknown
  onClose(): void
  afterClose(): void
  children: ReactNode
}

/** A form in a dialog: sent by its button or Enter, and not changed while it is on its way. */
export function FormDialog<Fields>({ form, isPending, children, failure, ...props }: FormDialogProps<Fields>) {
  const { t } = useTranslation()
  return (
    <Modal
      open={props.isOpen}
      title={props.title}
      okText={props.action}
      cancelText={t('parts.cancel')}
      confirmLoading={isPending}
      onOk={() => form.submit()}
      onCancel={props.onClose}
      afterClose={props.afterClose}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        onFinish={props.onSend}
        disabled={isPending}
        {...(props.initialValues && { initialValues: props.initialValues })}
      >
        {children}
      </Form>
      {failure}
    </Modal>
  )
}
