import { theme } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../parts/formats.ts'
import type { BalancePoint } from './ledger.ts'

/** The chart for those who do not see it, or want its numbers. */
export function BalanceTable({ points }: { points: readonly BalancePoint[] }) {
  const { t } = useTranslation()
  const { token } = theme.useToken()
  const { moment, number } = useFormats()
  const cell = { padding: '2px 16px 2px 0', textAlign: 'start', fontWeight: 'normal' } as const
  return (
    <details style={{ color: token.colorText }}>
      <summary style={{ cursor: 'pointer' }}>{t('wallet.chart.table')}</summary>
      <table aria-label={t('wallet.chart.title')} style={{ borderCollapse: 'collapse', marginTop: 8 }}>
        <thead>
          <tr>
            <th scope="col" style={cell}>
              {t('wallet.ledger.at')}
            </th>
            <th scope="col" style={cell}>
              {t('wallet.unit_axis')}
            </th>
          </tr>
        </thead>
        <tbody>
          {points.map(({ at, balance, entry }, i) => (
            <tr key={entry?.id ?? `end-${i}`}>
              <td style={cell}>{moment(at)}</td>
              <td style={cell}>{number(balance)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
