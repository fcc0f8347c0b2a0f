import type { z } from '@hono/zod-openapi'
import { baseEnv, callbackEnv, queueEnv, recordingEnv } from '#shared/env.ts'
import { serviceBinding } from '#shared/service-binding.ts'

export const inferEnv = baseEnv.extend({ ...recordingEnv.shape, ...queueEnv, ...callbackEnv, ENCODE: serviceBinding })

export type InferEnv = z.infer<typeof inferEnv>
