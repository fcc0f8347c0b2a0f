import { baseEnv, queueEnv, redisEnv } from '#shared/env.ts'

export const predictEnv = baseEnv.extend({ ...redisEnv, ...queueEnv })
