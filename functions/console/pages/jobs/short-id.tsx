import { Typography } from 'antd'
import { Link } from 'react-router'

/** A job by the end of its id, which differs the most: the beginning tells the time. */
export function ShortId({ id }: { id: string }) {
  return (
    <Link to={`/console/jobs/${id}`} title={id}>
      <Typography.Text code style={{ color: 'inherit', whiteSpace: 'nowrap' }}>
        …{id.slice(-8)}
      </Typography.Text>
    </Link>
  )
}
