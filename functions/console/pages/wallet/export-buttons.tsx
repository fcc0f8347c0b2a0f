import { useMutation } from '@tanstack/react-query'
import { App, Button, Flex, Typography } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { describeError } from '../../parts/describe-error.ts'
import { download } from '../../parts/download.ts'
import { useOneAtATime } from '../../parts/use-one-at-a-time.ts'
import { collectEntries, EXPORT_FORMATS, type ExportFormat, writeEntries } from './export-entries.ts'
import type { LedgerFilter } from './ledger-filter.ts'
import { readEntries } from './wallet-api.ts'

const LARGEST_PAGE = 100

/** All entries of the filter as a file; asked for page by page, so that a long ledger can be given up on. */
export function ExportButtons({ filter }: { filter: LedgerFilter }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [count, setCount] = useState(0)
  const cancelling = useRef<AbortController>(undefined)
  const { mutateAsync, isPending } = useMutation({
    mutationFn: async (format: ExportFormat) => {
      const controller = new AbortController()
      cancelling.current = controller
      setCount(0)
      const { signal } = controller
      const readPage = (cursor: string | undefined) => readEntries(filter, cursor, LARGEST_PAGE, signal)
      const entries = await collectEntries({ readPage, signal, onProgress: setCount })
      const { name, mediaType, text } = writeEntries(entries, format, filter, new Date())
      download(name, mediaType, text)
      return entries.length
    },
    onSuccess: (total) => message.success(t('wallet.export.done', { count: total })),
    onError: (error) => {
      if (cancelling.current?.signal.aborted) return
      message.error(describeError(t, error))
    },
  })
  const start = useOneAtATime(mutateAsync)
  useEffect(() => () => cancelling.current?.abort(), [])
  if (isPending)
    return (
      <Flex align="center" gap="small">
        <Typography.Text type="secondary" role="status">
          {t('wallet.export.progress', { count })}
        </Typography.Text>
        <Button onClick={() => cancelling.current?.abort()}>{t('parts.cancel')}</Button>
      </Flex>
    )
  return (
    <Flex gap="small">
      {EXPORT_FORMATS.map((format) => (
        <Button key={format} aria-label={t(`wallet.export.${format}`)} onClick={() => start(format)}>
          {format.toUpperCase()}
        </Button>
      ))}
    </Flex>
  )
}
