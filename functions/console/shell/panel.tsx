import { theme } from 'antd'
import type { CSSProperties, ReactNode } from 'react'

interface Props {
  children: ReactNode
  padding?: number
  style?: CSSProperties
}

/** Ground of its own for what belongs together: a card, without the tabs and covers that the library's brings along. */
export function Panel({ children, padding = 12, style }: Props) {
  const { token } = theme.useToken()
  return (
    <div
      style={{
        padding,
        background: token.colorBgContainer,
        border: `1px solid ${token.colorBorderSecondary}`,
        borderRadius: token.borderRadiusLG,
        ...style,
      }}
    >
      {children}
    </div>
  )
}
