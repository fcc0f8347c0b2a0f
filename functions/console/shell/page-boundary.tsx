import { Button, Flex, Typography } from 'antd'
import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isCodeMissing } from './code-missing.ts'

interface Props {
  /** Where the reader is: elsewhere all may be well. */
  place: string
  children: ReactNode
}

interface State {
  error: unknown
}

/** A page that breaks, or whose code cannot be had, leaves the others alone. */
export class PageBoundary extends Component<Props, State> {
  override state: State = { error: undefined }

  static getDerivedStateFromError(error: unknown): State {
    return { error }
  }

  override componentDidUpdate({ place }: Props) {
    if (place !== this.props.place && this.state.error !== undefined) this.setState({ error: undefined })
  }

  override render() {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return <BrokenPage error={error} onRetry={() => this.setState({ error: undefined })} />
  }
}

function BrokenPage({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation()
  // The browser remembers that it could not have the code: only a page that is loaded anew asks again.
  const isMissing = isCodeMissing(error)
  const reload = (
    <Button type="primary" onClick={() => window.location.reload()}>
      {t('broken.reload')}
    </Button>
  )
  const buttons = isMissing ? (
    reload
  ) : (
    <Flex gap="small" wrap>
      <Button onClick={onRetry}>{t('broken.again')}</Button>
      {reload}
    </Flex>
  )
  return (
    <Flex vertical align="start" gap="small" role="alert" style={{ padding: '24px 0' }}>
      <Typography.Title level={1} style={{ fontSize: 26, margin: 0 }}>
        {t(isMissing ? 'broken.missing_title' : 'broken.title')}
      </Typography.Title>
      <Typography.Paragraph>{t(isMissing ? 'broken.missing_text' : 'broken.text')}</Typography.Paragraph>
      {buttons}
    </Flex>
  )
}
