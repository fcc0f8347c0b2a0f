import { z } from '@hono/zod-openapi'
import { serviceBinding } from '#shared/service-binding.ts'

export const encodeEnv = z.object({
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']),
  /** The encoders' files, as `scripts/encoders.ts` leaves them. */
  ASSETS: serviceBinding,
})
