import type { z } from '@hono/zod-openapi'
import { baseEnv, callbackEnv, queueEnv } from '#shared/env.ts'

export const inferEnv = baseEnv.extend({ ...queueEnv, ...callbackEnv })

export type InferEnv = z.infer<typeof inferEnv>
