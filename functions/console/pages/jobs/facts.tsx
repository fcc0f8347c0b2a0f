import { theme } from 'antd'
import type { ReactNode } from 'react'

interface FactsProps {
  entries: readonly { name: string; value: ReactNode }[]
  /** Two lists side by side where there is room: for many short values. */
  areMany?: boolean
}

const line = {
  display: 'grid',
  gridTemplateColumns: 'minmax(0, min(200px, 42%)) minmax(0, 1fr)',
  gap: 16,
  padding: '3px 0',
  breakInside: 'avoid',
} as const

/** Names with what they stand for; long values break. */
export function Facts({ entries, areMany = false }: FactsProps) {
  const { token } = theme.useToken()
  return (
    <dl style={{ margin: 0, color: token.colorText, columns: areMany ? '300px 2' : 'auto', columnGap: 32 }}>
      {entries.map(({ name, value }) => (
        <div key={name} style={line}>
          <dt style={{ color: token.colorTextSecondary }}>{name}</dt>
          <dd style={{ margin: 0, overflowWrap: 'anywhere' }}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
