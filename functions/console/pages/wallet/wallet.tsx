import { Button, Card, Skeleton, Typography } from 'antd'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useProfile } from '../../api/hooks.ts'
import { Failure } from '../../parts/failure.tsx'
import { PageTitle } from '../../shell/page-title.tsx'
import { Holdings } from './holdings.tsx'
import { openHolds } from './ledger.ts'
import { Ledger } from './ledger-list.tsx'
import { TopUpForm } from './top-up-form.tsx'
import { useLedger } from './wallet-api.ts'

// A chart that cannot be loaded gives way to its table.
const BalanceChart = lazy(() => import('./balance-chart.tsx').catch(() => import('./balance-without-chart.tsx')))

/** What a person has, where it went, and how to get more. `?top_up` opens the form, for links from elsewhere. */
export default function Wallet() {
  const { t } = useTranslation()
  const profile = useProfile()
  const { data: ledger } = useLedger()
  const [search, setSearch] = useSearchParams()
  const newest = ledger?.pages.flatMap(({ items }) => items) ?? []
  const showTopUp = (isShown: boolean) =>
    setSearch((before) => {
      const after = new URLSearchParams(before)
      if (isShown) after.set('top_up', '')
      else after.delete('top_up')
      return after
    })
  return (
    <>
      <PageTitle title="wallet.title">
        <Button type="primary" onClick={() => showTopUp(true)}>
          {t('wallet.top_up.open')}
        </Button>
      </PageTitle>
      {profile.isError && <Failure error={profile.error} onRetry={profile.refetch} />}
      {profile.data ? (
        <Holdings balance={profile.data.balance} held={profile.data.held} holds={openHolds(newest)} />
      ) : (
        <Skeleton active paragraph={{ rows: 3 }} />
      )}
      {newest.length > 1 && (
        <Card size="small" style={{ marginTop: 16 }}>
          <Typography.Title level={2} style={{ fontSize: 18, marginTop: 0 }}>
            {t('wallet.chart.title')}
          </Typography.Title>
          <Suspense fallback={<Skeleton active paragraph={{ rows: 4 }} />}>
            <BalanceChart newest={newest} balance={ledger?.pages[0]?.balance ?? 0} />
          </Suspense>
        </Card>
      )}
      <Ledger />
      <TopUpForm isOpen={search.has('top_up')} onClose={() => showTopUp(false)} />
    </>
  )
}
