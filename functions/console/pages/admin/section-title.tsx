import { Flex, Typography } from 'antd'
import type { ReactNode } from 'react'

interface SectionTitleProps {
  text: string
  /** What can be done there. */
  children?: ReactNode
}

/** The heading of a part of a page. */
export function SectionTitle({ text, children }: SectionTitleProps) {
  return (
    <Flex align="center" gap="small" wrap style={{ marginBottom: 12 }}>
      <Typography.Title level={2} style={{ fontSize: 18, margin: 0, flex: 'auto' }}>
        {text}
      </Typography.Title>
      {children}
    </Flex>
  )
}
