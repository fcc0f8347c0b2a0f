import { z } from '@hono/zod-openapi'
import { recordingEnv } from '#shared/env.ts'
import { serviceBinding } from '#shared/service-binding.ts'
import type { FunctionBinding } from './routes.ts'

const functions = {
  AUTH: serviceBinding,
  BALANCE: serviceBinding,
  PREDICT: serviceBinding,
  INFER: serviceBinding,
  METRICS: serviceBinding,
  MOVIES: serviceBinding,
  BOT: serviceBinding,
} satisfies Record<FunctionBinding, typeof serviceBinding>

export const gatewayEnv = z.object({
  ...functions,
  /** Static files: the console and the docs page. */
  ASSETS: serviceBinding,
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']),
  ...recordingEnv.shape,
})

export type GatewayEnv = z.infer<typeof gatewayEnv>
