import { Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MoviesPage } from '../movies-page.tsx'
import { AdminsOnly } from '../parts/admins-only.tsx'
import { ChooseFile } from './choose-file.tsx'
import { FilePreview } from './file-preview.tsx'
import { ImportList } from './import-list.tsx'
import type { ReadImport } from './read-import.ts'

interface Chosen {
  /** Another each time, also for the same file. */
  at: number
  name: string
  content: ReadImport
}

/** Films by the file: checked here, sent in parcels, and seen to become searchable. */
export default function Imports() {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<Chosen>()
  return (
    <MoviesPage title="movies.imports.title">
      <AdminsOnly>
        <Typography.Paragraph style={{ maxWidth: 760 }}>{t('movies.imports.text')}</Typography.Paragraph>
        <ChooseFile onRead={(name, content) => setChosen({ at: Date.now(), name, content })} />
        {chosen && <FilePreview key={chosen.at} {...chosen} onClose={() => setChosen(undefined)} />}
        <ImportList />
      </AdminsOnly>
    </MoviesPage>
  )
}
