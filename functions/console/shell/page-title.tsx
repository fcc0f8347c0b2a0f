import { Flex, Typography } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  /** Key of a text; what is none is shown as it is. */
  title: string
  /** What the text speaks of. */
  values?: Record<string, string>
  children?: ReactNode
}

/** The heading of a page, also in the browser's tab, with what can be done there at its end. */
export function PageTitle({ title, values = {}, children }: Props) {
  const { t } = useTranslation()
  const text = t(title, values)
  useEffect(() => {
    document.title = `${text} - Auspex`
  }, [text])
  return (
    <Flex align="center" gap="small" wrap style={{ margin: '8px 0 16px' }}>
      <Typography.Title level={1} style={{ margin: 0, fontSize: 26, flex: 1, overflowWrap: 'anywhere' }}>
        {text}
      </Typography.Title>
      {children}
    </Flex>
  )
}
