import { join } from 'node:path'
import { startPostgres } from './postgres/start.ts'
import { startQstash } from './qstash/start.ts'
import { startRedis } from './redis/start.ts'
import { type Secrets, tokenKeys } from './secrets.ts'
import type { LocalSettings } from './settings.ts'
import { startTelegram } from './telegram/start.ts'

/** Something that runs, and the bindings by which functions reach it. */
export interface LocalService {
  values: Record<string, string>
  close(): Promise<void>
}

export interface LocalPorts {
  postgres?: number
  qstash?: number
  redis?: number
  telegram?: number
}

const nothingToClose = async () => {}

export async function startDatabase(
  database: LocalSettings['database'],
  stateDir: string,
  port?: number,
): Promise<LocalService> {
  if (database.kind === 'neon') return { values: database.values, close: nothingToClose }
  const place = database.kind === 'postgres' ? { databaseUrl: database.url } : { dataDir: join(stateDir, 'postgres') }
  const postgres = await startPostgres({ ...place, ...(port !== undefined && { port }) })
  const values = { DATABASE_URL: postgres.connectionString, NEON_FETCH_ENDPOINT: postgres.fetchEndpoint }
  return { values, close: () => postgres.close() }
}

export async function startLimits(
  redis: LocalSettings['redis'],
  { redisToken: token }: Secrets,
  port?: number,
): Promise<LocalService> {
  if (redis.kind === 'hosted') return { values: redis.values, close: nothingToClose }
  const { url, close } = await startRedis({ token, ...(port !== undefined && { port }) })
  return { values: { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token }, close }
}

/** Known before the queue runs. */
export function queueValues(queue: LocalSettings['queue'], { qstash }: Secrets, port: number) {
  if (queue.kind === 'hosted') return queue.values
  return {
    QSTASH_URL: `http://127.0.0.1:${port}`,
    QSTASH_TOKEN: qstash.token,
    QSTASH_CURRENT_SIGNING_KEY: qstash.currentSigningKey,
    QSTASH_NEXT_SIGNING_KEY: qstash.nextSigningKey,
  }
}

export async function startQueue(
  queue: LocalSettings['queue'],
  { qstash }: Secrets,
  stateDir: string,
  port: number,
): Promise<{ close(): Promise<void> }> {
  if (queue.kind === 'hosted') return { close: nothingToClose }
  return startQstash({ ...qstash, port, dataFile: join(stateDir, 'qstash.sqlite') })
}

/** The chat of Telegram's double has its page at TELEGRAM_API_ROOT. */
export async function startBotApi(
  telegram: LocalSettings['telegram'],
  { telegram: { botToken: token, webhookSecret } }: Secrets,
  port?: number,
): Promise<LocalService> {
  const secret = { TELEGRAM_WEBHOOK_SECRET: webhookSecret }
  if (telegram.kind === 'hosted') return { values: { ...secret, ...telegram.values }, close: nothingToClose }
  const { url, username, close } = await startTelegram({ token, ...(port !== undefined && { port }) })
  const values = { TELEGRAM_BOT_TOKEN: token, TELEGRAM_BOT_USERNAME: username, TELEGRAM_API_ROOT: url }
  return { values: { ...secret, ...values }, close }
}

/** The bindings that do not depend on a service. */
export function ownValues(secrets: Secrets, publicUrl: string, { database, overrides }: LocalSettings) {
  return {
    ENVIRONMENT: 'local',
    PUBLIC_URL: publicUrl,
    // The wallets of a database that others use, too, are filled as they say.
    ...(database.kind !== 'neon' && { TOP_UP_POLICY: 'self_service' }),
    PASSWORD_PEPPER: secrets.passwordPepper,
    ...tokenKeys(secrets, new Date()),
    ...overrides,
  }
}
