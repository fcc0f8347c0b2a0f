import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Flex, theme } from 'antd'
import { type DragEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ReadImport, readImport, UnreadableFile } from './read-import.ts'

/** A file of films from the disk, chosen or dropped. */
export function ChooseFile({ onRead }: { onRead(name: string, content: ReadImport): void }) {
  const { t } = useTranslation()
  const { token } = theme.useToken()
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (file: File) => onRead(file.name, await readImport(await file.text())),
  })
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file) mutate(file)
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: who has no mouse uses the button in it */}
      <div
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        style={{
          padding: 24,
          borderRadius: token.borderRadiusLG,
          border: `2px dashed ${isOver ? token.colorPrimary : token.colorBorder}`,
          background: isOver ? token.colorPrimaryBg : token.colorBgContainer,
          color: token.colorText,
        }}
      >
        <Flex vertical align="center" gap="small" style={{ textAlign: 'center' }}>
          <Button type="primary" loading={isPending} onClick={() => input.current?.click()}>
            {t('movies.imports.choose')}
          </Button>
          <span>{t('movies.imports.drop')}</span>
          <input
            ref={input}
            type="file"
            accept=".json,application/json"
            aria-label={t('movies.imports.choose')}
            tabIndex={-1}
            hidden
            onChange={({ target }) => {
              const file = target.files?.[0]
              if (file) mutate(file)
              target.value = ''
            }}
          />
        </Flex>
      </div>
      {error !== null && (
        <Alert
          type="error"
          role="alert"
          showIcon
          style={{ marginTop: 12 }}
          title={t(`movies.imports.unreadable.${error instanceof UnreadableFile ? error.reason : 'not_json'}`)}
        />
      )}
    </>
  )
}
