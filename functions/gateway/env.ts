import { z } from '@hono/zod-openapi'
import type { FunctionBinding } from './routes.ts'

interface Service {
  fetch(request: Request): Promise<Response>
}

const service = z.custom<Service>((value) => typeof value === 'object' && value !== null && 'fetch' in value)

const functions = {
  AUTH: service,
  BALANCE: service,
  PREDICT: service,
  INFER: service,
  METRICS: service,
} satisfies Record<FunctionBinding, typeof service>

export const gatewayEnv = z.object({
  ...functions,
  /** Static files: the console and the docs page. */
  ASSETS: service,
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']),
})

export type GatewayEnv = z.infer<typeof gatewayEnv>
