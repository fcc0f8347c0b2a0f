import { createApp } from '#shared/app.ts'
import { balanceEnv } from './env.ts'
import { registerGetBalance } from './get-balance.ts'
import { registerListEntries } from './list-entries.ts'
import type { BalanceServices } from './services.ts'
import { registerSetBalance } from './set-balance.ts'
import { registerTopUp } from './top-up.ts'

/** The wallet. */
const app = createApp({
  name: 'balance',
  env: balanceEnv,
  services: (env): BalanceServices => ({ topUpPolicy: env.TOP_UP_POLICY }),
})

registerGetBalance(app)
registerSetBalance(app)
registerTopUp(app)
registerListEntries(app)

export default app
