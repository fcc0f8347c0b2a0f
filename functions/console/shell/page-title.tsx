import { Flex, Typography } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'

/** The heading of a page, also in the browser's tab, with what can be done there at its end. */
export function PageTitle({ title, children }: { title: string; children?: ReactNode }) {
  const { t } = useTranslation()
  const text = t(title)
  useEffect(() => {
    document.title = `${text} - Auspex`
  }, [text])
  return (
    <Flex align="center" gap="small" wrap style={{ margin: '8px 0 16px' }}>
      <Typography.Title level={1} style={{ margin: 0, fontSize: 26, flex: 1 }}>
        {text}
      </Typography.Title>
      {children}
    </Flex>
  )
}
