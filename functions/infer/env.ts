import type { z } from '@hono/zod-openapi'
import { baseEnv, callbackEnv, queueEnv } from '#shared/env.ts'
import { serviceBinding } from '#shared/service-binding.ts'

export const inferEnv = baseEnv.extend({ ...queueEnv, ...callbackEnv, ENCODE: serviceBinding })

export type InferEnv = z.infer<typeof inferEnv>
