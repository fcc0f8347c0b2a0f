import { Alert, Button, Flex, Input, Typography, theme } from 'antd'
import { type DragEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Manifest } from '#models/_runtime/manifest.ts'
import { download } from '../parts/download.ts'
import { readRows, readRowsOfFile } from './read-rows.ts'
import { type ImportedRows, UnreadableRows } from './rows.ts'
import { writeTemplate } from './write-template.ts'

interface RowsInputProps {
  manifest: Manifest
  onRows(imported: ImportedRows): void
}

/** Takes rows from a file or from the clipboard: a CSV with the features' names in its first line, or JSON. */
export function RowsInput({ manifest, onRows }: RowsInputProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [fault, setFault] = useState<UnreadableRows>()
  const take = async (read: () => ImportedRows | Promise<ImportedRows>) => {
    try {
      onRows(await read())
      setFault(undefined)
      setText('')
    } catch (error) {
      setFault(error instanceof UnreadableRows ? error : new UnreadableRows('not_text'))
    }
  }
  const takeFile = (file: File | undefined) => file && take(() => readRowsOfFile(manifest, file))
  return (
    <Flex vertical gap="small">
      <DropPlace onFile={takeFile} />
      <Typography.Text type="secondary">
        {t('form.import.how', { example: exampleOf(manifest) })}{' '}
        <Button
          type="link"
          size="small"
          style={{ padding: 0 }}
          onClick={() => download(`${manifest.name}.csv`, 'text/csv', writeTemplate(manifest))}
        >
          {t('form.import.template')}
        </Button>
      </Typography.Text>
      <Input.TextArea
        value={text}
        rows={4}
        spellCheck={false}
        aria-label={t('form.import.paste')}
        placeholder={t('form.import.paste')}
        style={{ fontFamily: 'monospace' }}
        onChange={({ target }) => setText(target.value)}
      />
      <div>
        <Button
          disabled={text.trim() === ''}
          onClick={() => take(() => readRows(manifest, text, t('form.import.pasted')))}
        >
          {t('form.import.read')}
        </Button>
      </div>
      {fault && (
        <Alert
          type="error"
          role="alert"
          showIcon
          title={t('form.import.refused')}
          description={t(`form.unreadable.${fault.code}`, fault.values)}
        />
      )}
    </Flex>
  )
}

function DropPlace({ onFile }: { onFile(file: File | undefined): void }) {
  const { t } = useTranslation()
  const { token } = theme.useToken()
  const chooser = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    onFile(event.dataTransfer.files[0])
  }
  const over = (event: DragEvent) => {
    event.preventDefault()
    setOver(true)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: who does not drag has the button in it
    <div
      onDrop={drop}
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      style={{
        padding: 16,
        textAlign: 'center',
        borderRadius: token.borderRadius,
        border: `1px dashed ${isOver ? token.colorPrimary : token.colorBorder}`,
        background: isOver ? token.colorPrimaryBg : token.colorFillQuaternary,
      }}
    >
      <Button onClick={() => chooser.current?.click()}>{t('form.import.choose')}</Button>{' '}
      <Typography.Text type="secondary">{t('form.import.drop')}</Typography.Text>
      <input
        ref={chooser}
        type="file"
        hidden
        accept=".csv,.tsv,.txt,.json,text/csv,application/json"
        aria-label={t('form.import.choose')}
        onChange={({ target }) => {
          onFile(target.files?.[0])
          // So that the same file, once mended, can be chosen again.
          target.value = ''
        }}
      />
    </div>
  )
}

function exampleOf({ features }: Manifest): string {
  return features
    .slice(0, 3)
    .map(({ name }) => name)
    .join(', ')
}
