import { Card, Typography } from 'antd'
import type { ReactNode } from 'react'

interface SectionProps {
  title: string
  extra?: ReactNode
  children: ReactNode
}

/** A part of a page under its heading. */
export function Section({ title, extra, children }: SectionProps) {
  const heading = (
    <Typography.Title level={2} style={{ fontSize: 18, margin: 0 }}>
      {title}
    </Typography.Title>
  )
  return (
    <Card size="small" title={heading} extra={extra} style={{ marginBottom: 16 }}>
      {children}
    </Card>
  )
}
