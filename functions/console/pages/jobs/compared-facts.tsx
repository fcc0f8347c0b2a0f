import { Grid, Tag, theme } from 'antd'
import type { CSSProperties, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export interface ComparedFact {
  name: string
  first: ReactNode
  second: ReactNode
  isDifferent: boolean
}

/** Two values a line: side by side where there is room, one below the other on a phone. */
export function ComparedFacts({ label, facts }: { label: string; facts: readonly ComparedFact[] }) {
  const { t } = useTranslation()
  const { token } = theme.useToken()
  const hasRoom = Grid.useBreakpoint().md ?? true
  if (!hasRoom) return <StackedFacts label={label} facts={facts} />
  const cell: CSSProperties = {
    padding: '8px 12px',
    textAlign: 'start',
    verticalAlign: 'top',
    fontWeight: 'normal',
    borderBottom: `1px solid ${token.colorBorderSecondary}`,
    overflowWrap: 'anywhere',
  }
  return (
    <table
      aria-label={label}
      style={{ width: '100%', borderCollapse: 'collapse', tableLayout: 'fixed', color: token.colorText }}
    >
      <thead>
        <tr style={{ color: token.colorTextSecondary }}>
          {[t('jobs.compare.what'), t('jobs.compare.first'), t('jobs.compare.second')].map((title) => (
            <th key={title} scope="col" style={cell}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {facts.map(({ name, first, second, isDifferent }) => (
          <tr key={name} style={{ background: isDifferent ? token.colorWarningBg : undefined }}>
            <th scope="row" style={cell}>
              {name} {isDifferent && <Different />}
            </th>
            <td style={cell}>{first}</td>
            <td style={cell}>{second}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function StackedFacts({ label, facts }: { label: string; facts: readonly ComparedFact[] }) {
  const { t } = useTranslation()
  const { token } = theme.useToken()
  const pair: CSSProperties = {
    display: 'grid',
    gridTemplateColumns: '72px minmax(0, 1fr)',
    gap: '4px 12px',
    margin: '4px 0 0',
  }
  return (
    <ul aria-label={label} style={{ listStyle: 'none', padding: 0, margin: 0, color: token.colorText }}>
      {facts.map(({ name, first, second, isDifferent }) => (
        <li key={name} style={{ padding: '8px 0', borderBottom: `1px solid ${token.colorBorderSecondary}` }}>
          <strong>{name}</strong> {isDifferent && <Different />}
          <dl style={pair}>
            <dt style={{ color: token.colorTextSecondary }}>{t('jobs.compare.first')}</dt>
            <dd style={{ margin: 0, overflowWrap: 'anywhere' }}>{first}</dd>
            <dt style={{ color: token.colorTextSecondary }}>{t('jobs.compare.second')}</dt>
            <dd style={{ margin: 0, overflowWrap: 'anywhere' }}>{second}</dd>
          </dl>
        </li>
      ))}
    </ul>
  )
}

function Different() {
  const { t } = useTranslation()
  return <Tag>≠ {t('jobs.compare.different')}</Tag>
}
