import { baseEnv, queueEnv, redisEnv } from '#shared/env.ts'

export const metricsEnv = baseEnv.extend({ ...redisEnv, ...queueEnv })
