import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Form, Input } from 'antd'
import type { Rule } from 'antd/es/form'
import type { HTMLInputTypeAttribute } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { faultsByField } from '../../parts/describe-error.ts'
import { FormFailure } from '../../parts/failure.tsx'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { useOneTimeKey } from '../../parts/one-time-key.ts'
import { useOneAtATime } from '../../parts/use-one-at-a-time.ts'
import { SecretOnce } from './secret-once.tsx'

interface MakeSecretProps {
  isOpen: boolean
  onClose(): void
  /** Where the texts are: `title`, `label`, `do`, `done_title`, `done_text`. */
  texts: string
  /** Address of the API that makes one, and the one thing that it wants to know. */
  path: string
  field: string
  type: HTMLInputTypeAttribute
  placeholder: string
  rules: Rule[]
  /** The list that grows. */
  changed: readonly unknown[]
}

interface Made {
  secret: string
}

/** Makes a thing with a secret. Its form, when it is done, gives way to the secret, which is shown this once. */
export function MakeSecret({ isOpen, onClose, texts, path, changed, ...field }: MakeSecretProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [form] = Form.useForm<Record<string, string>>()
  const { key, renew } = useOneTimeKey()
  const { mutateAsync, data, error, isPending, reset } = useMutation({
    mutationFn: (body: Record<string, string>) => call<Made>(path, { method: 'POST', body, idempotencyKey: key }),
    onError: (refusal) => form.setFields(faultsByField(t, refusal)),
    onSettled: () => queries.invalidateQueries({ queryKey: changed }),
  })
  const send = useOneAtATime(mutateAsync)
  const forget = () => {
    form.resetFields()
    reset()
    renew()
  }
  return (
    <>
      <FormDialog
        isOpen={isOpen && data === undefined}
        title={t(`${texts}.title`)}
        action={t(`${texts}.do`)}
        form={form}
        isPending={isPending}
        failure={<FormFailure error={error} />}
        onSend={send}
        onClose={onClose}
        afterClose={() => data === undefined && forget()}
      >
        <Form.Item name={field.field} label={t(`${texts}.label`)} rules={field.rules}>
          <Input type={field.type} placeholder={field.placeholder} autoComplete="off" autoFocus />
        </Form.Item>
      </FormDialog>
      <SecretOnce
        secret={isOpen ? data?.secret : undefined}
        title={t(`${texts}.done_title`)}
        text={t(`${texts}.done_text`)}
        onClose={onClose}
        afterClose={forget}
      />
    </>
  )
}
