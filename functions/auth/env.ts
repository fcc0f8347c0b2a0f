import { z } from '@hono/zod-openapi'
import { baseEnv, json, redisEnv } from '#shared/env.ts'

/** `auth` alone holds the private key: whoever verifies tokens cannot mint them. */
export const authEnv = baseEnv.extend({
  ...redisEnv,
  /** The private JSON Web Key (Ed25519) that signs new tokens; its `kid` must be among JWT_PUBLIC_KEYS. */
  JWT_PRIVATE_KEY: json.pipe(
    z.looseObject({
      kid: z.string(),
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519'),
      x: z.string(),
      d: z.string(),
    }),
  ),
  /** Mixed into every password hash, so that a copy of the database alone is worth nothing. At least 32 characters. */
  PASSWORD_PEPPER: z.string().min(32),
})
