import { Button, Flex, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import type { RejectedRecord } from '../../../../movies/read-film-records.ts'
import { ScrollBox } from '../../../forms/scroll-box.tsx'
import { download } from '../../../parts/download.ts'
import { useFormats } from '../../../parts/formats.ts'
import { Records } from '../../../parts/records.tsx'
import { writeCsv } from '../../../parts/write-csv.ts'

const SHOWN = 50

/** Records that are no films, with what is wrong with each; all of them as a file. */
export function RejectedTable({ rejected, fileName }: { rejected: readonly RejectedRecord[]; fileName: string }) {
  const { t } = useTranslation()
  const { number } = useFormats()
  if (rejected.length === 0) return null
  const label = t('movies.imports.rejected', { count: rejected.length, records: number(rejected.length) })
  const save = () =>
    download(`${fileName.replace(/\.json$/i, '')}-rejected.csv`, 'text/csv', writeCsv(['index', 'reason'], rejected))
  return (
    <section aria-label={label} style={{ marginTop: 16 }}>
      <Flex align="center" gap="small" wrap style={{ marginBottom: 8 }}>
        <Typography.Text strong style={{ flex: 1 }}>
          {label}
        </Typography.Text>
        <Button size="small" onClick={save}>
          {t('movies.imports.save_rejected')}
        </Button>
      </Flex>
      <ScrollBox label={label}>
        <Records
          label={label}
          rows={rejected.slice(0, SHOWN)}
          idOf={({ index }) => String(index)}
          columns={[
            { key: 'index', title: t('movies.imports.index'), isShort: true, render: ({ index }) => number(index) },
            { key: 'reason', title: t('movies.imports.reason'), render: ({ reason }) => reason },
          ]}
        />
      </ScrollBox>
      {rejected.length > SHOWN && (
        <Typography.Text type="secondary">{t('movies.imports.first_rejected', { count: SHOWN })}</Typography.Text>
      )}
    </section>
  )
}
