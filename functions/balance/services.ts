import type { z } from '@hono/zod-openapi'
import type { App } from '#shared/app.ts'
import type { balanceEnv } from './env.ts'

export interface BalanceServices {
  topUpPolicy: z.infer<typeof balanceEnv>['TOP_UP_POLICY']
}

export type BalanceApp = App<BalanceServices>
