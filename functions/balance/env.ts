import { z } from '@hono/zod-openapi'
import { baseEnv, recordingEnv } from '#shared/env.ts'

export const balanceEnv = baseEnv.extend({
  ...recordingEnv.shape,
  /** Who may put credits into a wallet: everybody into their own (a demo), or admins only (production). */
  TOP_UP_POLICY: z.enum(['self_service', 'admins']),
})
