import { Flex, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useFormats } from '../../parts/formats.ts'
import { Panel } from '../../shell/panel.tsx'

interface TopListProps {
  title: string
  /** What is not in it, and why. */
  note?: string
  lines: readonly { text: string; number: number; to?: string }[]
}

/** What there is most of, with how often. */
export function TopList({ title, note, lines }: TopListProps) {
  const { t } = useTranslation()
  const { number } = useFormats()
  return (
    <Panel padding={16}>
      <Typography.Title level={3} style={{ fontSize: 16, marginTop: 0 }}>
        {title}
      </Typography.Title>
      {lines.length === 0 && <Typography.Text type="secondary">{t('operations.usage.none')}</Typography.Text>}
      <ol style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {lines.map(({ text, number: count, to }) => (
          <li key={to ?? text}>
            <Flex justify="space-between" gap="middle" style={{ paddingBlock: 3 }}>
              <span style={{ overflowWrap: 'anywhere' }}>{to === undefined ? text : <Link to={to}>{text}</Link>}</span>
              <span style={{ fontVariantNumeric: 'tabular-nums' }}>{number(count)}</span>
            </Flex>
          </li>
        ))}
      </ol>
      {note !== undefined && (
        <Typography.Paragraph type="secondary" style={{ margin: '8px 0 0' }}>
          {note}
        </Typography.Paragraph>
      )}
    </Panel>
  )
}
