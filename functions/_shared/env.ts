import { z } from '@hono/zod-openapi'
import { Problem } from './problem.ts'

/** An optional variable: empty means absent, since environments cannot always leave one out. */
export const optionalUrl = z.preprocess((value) => (value === '' ? undefined : value), z.url().optional())

/** JSON text. What it says is never part of the complaint, since it may be secret. */
export const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    context.addIssue('is not JSON')
    return z.NEVER
  }
})

/** A set of JSON Web Keys, as JSON text (RFC 7517). */
export const keySet = json.pipe(z.object({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.string() })).min(1) }))

/** How often an isolate stores what it counted, milliseconds; 0: nothing is counted. */
const METRICS_INTERVAL_MS = z.coerce.number().int().min(0).max(60_000).default(1_000)

/** What every function needs. Secrets have no defaults: without them a function answers `misconfigured`. */
export const baseEnv = z.object({
  ENVIRONMENT: z.enum(['local', 'production']),
  /** The origin that people and the queue call: scheme and host, no path. */
  PUBLIC_URL: z.url().transform((url) => url.replace(/\/$/, '')),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']),
  DATABASE_URL: z.string().startsWith('postgres'),
  /** Where SQL is posted instead of Neon's own host; only for the embedded services. */
  NEON_FETCH_ENDPOINT: optionalUrl,
  JWT_PUBLIC_KEYS: keySet,
  METRICS_INTERVAL_MS,
})

export type BaseEnv = z.infer<typeof baseEnv>

/** For functions that limit how often they are called. */
export const redisEnv = {
  UPSTASH_REDIS_REST_URL: z.url(),
  UPSTASH_REDIS_REST_TOKEN: z.string().min(1),
}

/** For functions that need Redis for nothing but what they count; without it they count nothing. */
export const recordingEnv = z.object({
  UPSTASH_REDIS_REST_URL: optionalUrl,
  UPSTASH_REDIS_REST_TOKEN: z.string().optional(),
  METRICS_INTERVAL_MS,
})

/** For functions that publish to the queue. */
export const queueEnv = {
  QSTASH_URL: optionalUrl,
  QSTASH_TOKEN: z.string().min(1),
}

/** For functions that the queue calls. */
export const callbackEnv = {
  QSTASH_CURRENT_SIGNING_KEY: z.string().min(1),
  QSTASH_NEXT_SIGNING_KEY: z.string().min(1),
}

/** Parses the bindings of a function; a missing one is named in the error, its value never is. */
export function parseEnv<S extends z.ZodType>(schema: S, bindings: object): z.infer<S> {
  const result = schema.safeParse(bindings)
  if (result.success) return result.data
  const names = result.error.issues.map((issue) => `${issue.path.join('.')} (${issue.code})`)
  throw new Problem('misconfigured', { detail: `Missing or wrong settings: ${names.join(', ')}` })
}
