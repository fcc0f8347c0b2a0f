import { Badge } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useConnection } from '../api/live.ts'

/** Streams end now and then and come back by themselves: only what lasts is worth a word. */
const PATIENCE_MS = 5_000

/** Says when what is shown may be out of date. */
export function ConnectionStatus() {
  const { t } = useTranslation()
  const isLost = useConnection() === 'lost'
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    if (!isLost) return setShown(false)
    const timer = window.setTimeout(() => setShown(true), PATIENCE_MS)
    return () => window.clearTimeout(timer)
  }, [isLost])
  return (
    <span role="status">
      {isShown && (
        <Badge
          status="warning"
          text={t('shell.connection.lost')}
          title={t('shell.connection.explained')}
          style={{ whiteSpace: 'nowrap' }}
        />
      )}
    </span>
  )
}
