import { Alert, Button, Flex, Input, type InputRef, Modal, Typography } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { copyText } from '../../parts/copy-text.ts'

interface SecretOnceProps {
  /** None: nothing is shown. */
  secret: string | undefined
  title: string
  text: string
  onClose(): void
  afterClose(): void
}

/** A secret that will not be seen again: it goes away by its button alone, not by a click beside it. */
export function SecretOnce({ secret, title, text, onClose, afterClose }: SecretOnceProps) {
  const { t } = useTranslation()
  return (
    <Modal
      open={secret !== undefined}
      title={title}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      destroyOnHidden
      afterClose={afterClose}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('parts.secret.kept')}
        </Button>
      }
    >
      <Alert type="warning" showIcon title={t('parts.secret.once')} style={{ marginBottom: 12 }} />
      <Typography.Paragraph>{text}</Typography.Paragraph>
      <Secret value={secret ?? ''} />
    </Modal>
  )
}

function Secret({ value }: { value: string }) {
  const { t } = useTranslation()
  const input = useRef<InputRef>(null)
  const [outcome, setOutcome] = useState<'copied' | 'by_hand'>()
  const copy = async () => {
    const isCopied = await copyText(value)
    if (!isCopied) input.current?.select()
    setOutcome(isCopied ? 'copied' : 'by_hand')
  }
  return (
    <>
      <Flex gap="small">
        <Input
          ref={input}
          readOnly
          value={value}
          aria-label={t('parts.secret.label')}
          onFocus={() => input.current?.select()}
          style={{ fontFamily: 'monospace' }}
        />
        <Button autoFocus onClick={copy}>
          {t('parts.secret.copy')}
        </Button>
      </Flex>
      <Typography.Text type="secondary" role="status">
        {outcome && t(`parts.secret.${outcome}`)}
      </Typography.Text>
    </>
  )
}
