import { z } from 'zod'
import { HostedEncoder } from '#models/_encoders/manifest.ts'

const text = z.string().min(1).optional()

/** JSON in one line, checked here so that a mistake is told at once. */
const hostedEncoder = text.refine(
  (value) => value === undefined || HostedEncoder.safeParse(parseOrNothing(value)).success,
  'is not the manifest of a hosted encoder: see docs/encoders.md',
)

/** What of the environment changes a local start. Empty means absent. */
const Environment = z.object({
  PUBLIC_URL: z.url().optional(),
  LOG_LEVEL: text,
  TOP_UP_POLICY: text,
  DATABASE_URL: z.string().startsWith('postgres').optional(),
  NEON_FETCH_ENDPOINT: z.url().optional(),
  UPSTASH_REDIS_REST_URL: z.url().optional(),
  UPSTASH_REDIS_REST_TOKEN: text,
  QSTASH_URL: z.url().optional(),
  QSTASH_TOKEN: text,
  QSTASH_CURRENT_SIGNING_KEY: text,
  QSTASH_NEXT_SIGNING_KEY: text,
  JWT_PRIVATE_KEY: text,
  JWT_PUBLIC_KEYS: text,
  PASSWORD_PEPPER: text,
  HOSTED_ENCODER: hostedEncoder,
  HOSTED_ENCODER_TOKEN: text,
  METRICS_TOKEN: text,
  METRICS_INTERVAL_MS: text,
  TELEGRAM_BOT_TOKEN: text,
  TELEGRAM_BOT_USERNAME: text,
  TELEGRAM_WEBHOOK_SECRET: text,
})

type Values = Partial<Record<keyof z.infer<typeof Environment>, string>>

export interface LocalSettings {
  database: { kind: 'embedded' } | { kind: 'postgres'; url: string } | { kind: 'neon'; values: Values }
  redis: { kind: 'embedded' } | { kind: 'hosted'; values: Values }
  queue: { kind: 'embedded' } | { kind: 'hosted'; values: Values }
  /** A double with a chat of its own, or Telegram itself. */
  telegram: { kind: 'embedded' } | { kind: 'hosted'; values: Values }
  publicUrl?: string | undefined
  /** Values that stand above those of this machine. */
  overrides: Values
}

/** Which service runs here and which is somewhere else: each on its own, by what the environment names. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): LocalSettings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const result = Environment.safeParse(given)
  if (!result.success) throw new Error(`Wrong settings in the environment:\n${z.prettifyError(result.error)}`)
  const values = result.data
  const redis = together(values, ['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'])
  const queue = together(values, ['QSTASH_TOKEN', 'QSTASH_CURRENT_SIGNING_KEY', 'QSTASH_NEXT_SIGNING_KEY'])
  if (queue && !values.PUBLIC_URL) {
    throw new Error('QStash cannot call this machine: set PUBLIC_URL to an address of it that the internet reaches')
  }
  if (values.TELEGRAM_BOT_TOKEN && !values.PUBLIC_URL) {
    throw new Error('Telegram cannot call this machine: set PUBLIC_URL to an address of it that the internet reaches')
  }
  const telegram = pick(values, ['TELEGRAM_BOT_TOKEN', 'TELEGRAM_BOT_USERNAME', 'TELEGRAM_WEBHOOK_SECRET'])
  return {
    database: databaseOf(values),
    redis: redis ? { kind: 'hosted', values: redis } : { kind: 'embedded' },
    queue: queue ? { kind: 'hosted', values: { ...queue, ...pick(values, ['QSTASH_URL']) } } : { kind: 'embedded' },
    telegram: values.TELEGRAM_BOT_TOKEN ? { kind: 'hosted', values: telegram } : { kind: 'embedded' },
    publicUrl: values.PUBLIC_URL?.replace(/\/$/, ''),
    overrides: {
      ...pick(values, ['LOG_LEVEL', 'TOP_UP_POLICY', 'PASSWORD_PEPPER', 'METRICS_TOKEN', 'METRICS_INTERVAL_MS']),
      ...pick(values, ['HOSTED_ENCODER', 'HOSTED_ENCODER_TOKEN']),
      ...together(values, ['JWT_PRIVATE_KEY', 'JWT_PUBLIC_KEYS']),
    },
  }
}

/** Neon is spoken to directly; any other Postgres through the same endpoint as the embedded one. */
function databaseOf({ DATABASE_URL, NEON_FETCH_ENDPOINT }: z.infer<typeof Environment>): LocalSettings['database'] {
  if (DATABASE_URL === undefined) return { kind: 'embedded' }
  if (NEON_FETCH_ENDPOINT !== undefined) return { kind: 'neon', values: { DATABASE_URL, NEON_FETCH_ENDPOINT } }
  const isNeon = new URL(DATABASE_URL).hostname.endsWith('.neon.tech')
  return isNeon ? { kind: 'neon', values: { DATABASE_URL } } : { kind: 'postgres', url: DATABASE_URL }
}

function pick(values: Values, names: readonly (keyof Values)[]): Values {
  return Object.fromEntries(names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])))
}

/** All or none: half an address would silently mean the embedded service. */
function together(values: Values, names: readonly (keyof Values)[]): Values | undefined {
  const found = pick(values, names)
  const missing = names.filter((name) => found[name] === undefined)
  if (missing.length === names.length) return undefined
  if (missing.length > 0)
    throw new Error(`The environment has ${Object.keys(found).join(', ')} but not ${missing.join(', ')}`)
  return found
}

function parseOrNothing(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}
