import { Badge } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Connection, useConnection } from '../../api/live.ts'

const badges = { open: 'success', connecting: 'processing', lost: 'warning' } as const satisfies Record<
  Connection,
  string
>

/** Do changes show by themselves? */
export function ConnectionLabel() {
  const { t } = useTranslation()
  const connection = useConnection()
  return (
    <span role="status">
      <Badge status={badges[connection]} text={t(`jobs.connection.${connection}`)} />
    </span>
  )
}
