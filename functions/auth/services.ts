import type { z } from '@hono/zod-openapi'
import type { App } from '#shared/app.ts'
import type { Clock } from '#shared/clock.ts'
import { type AttemptLimits, createAttemptLimits } from './attempt-limits.ts'
import type { authEnv } from './env.ts'
import { createTokenIssuer, type TokenIssuer } from './tokens.ts'

/** What verbs of this room find in the context beside the common things. */
export interface AuthServices {
  passwordPepper: string
  publicKeys: { keys: Record<string, unknown>[] }
  tokens: TokenIssuer
  limits: AttemptLimits
}

export type AuthApp = App<AuthServices>

export function createAuthServices(env: z.infer<typeof authEnv>, { clock }: { clock: Clock }): AuthServices {
  return {
    passwordPepper: env.PASSWORD_PEPPER,
    publicKeys: env.JWT_PUBLIC_KEYS,
    tokens: createTokenIssuer(env.JWT_PRIVATE_KEY, env.PUBLIC_URL, clock),
    limits: createAttemptLimits(env),
  }
}
