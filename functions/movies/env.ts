import { baseEnv, callbackEnv, queueEnv, redisEnv } from '#shared/env.ts'
import { serviceBinding } from '#shared/service-binding.ts'

export const moviesEnv = baseEnv.extend({ ...redisEnv, ...queueEnv, ...callbackEnv, ENCODE: serviceBinding })
