import { theme } from 'antd'
import type { ReactNode } from 'react'

/** Names with what they stand for, in two columns; long values break. */
export function Facts({ entries }: { entries: readonly { name: string; value: ReactNode }[] }) {
  const { token } = theme.useToken()
  return (
    <dl
      style={{
        display: 'grid',
        gridTemplateColumns: 'minmax(96px, max-content) minmax(0, 1fr)',
        gap: '6px 16px',
        margin: 0,
        color: token.colorText,
      }}
    >
      {entries.map(({ name, value }) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt style={{ color: token.colorTextSecondary }}>{name}</dt>
          <dd style={{ margin: 0, overflowWrap: 'anywhere' }}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
