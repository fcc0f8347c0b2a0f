import { useMemo } from 'react'
import { BalanceTable } from './balance-table.tsx'
import type { Entry } from './entries.ts'
import { balanceOverTime } from './ledger.ts'

/** The balance over time where no chart can be drawn. */
export default function BalanceWithoutChart({ newest, balance }: { newest: readonly Entry[]; balance: number }) {
  const points = useMemo(() => balanceOverTime(newest, balance, new Date()), [newest, balance])
  return <BalanceTable points={points} />
}
