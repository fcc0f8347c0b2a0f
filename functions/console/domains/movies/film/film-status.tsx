import { Alert, Spin } from 'antd'
import { useTranslation } from 'react-i18next'
import type { FilmPage } from '../movies-api.ts'

/** Whether a search by description finds it: said only as long as none does. */
export function FilmStatus({ film: { status } }: { film: Pick<FilmPage, 'status'> }) {
  const { t } = useTranslation()
  return (
    <div role="status">
      {status !== 'searchable' && (
        <Alert
          type={status === 'failed' ? 'warning' : 'info'}
          showIcon
          icon={status === 'failed' ? undefined : <Spin size="small" />}
          title={t(`movies.film.status.${status}`)}
          style={{ marginBottom: 12 }}
        />
      )}
    </div>
  )
}
